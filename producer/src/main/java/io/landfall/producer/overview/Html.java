package io.landfall.producer.overview;

import io.landfall.cli.Masked;
import io.landfall.cli.Printable;

/**
 * A document in the making. The one place where text becomes HTML: whatever it is, it is shown and
 * never obeyed. Tags and the names of attributes are the program's own.
 */
final class Html {

  private final StringBuilder out = new StringBuilder(1 << 16);

  /**
   * Opens an element.
   *
   * @param attributes names and values in turn
   */
  Html open(String tag, String... attributes) {
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      out.append(escaped(attributes[i + 1])).append('"');
    }
    out.append('>');
    return this;
  }

  Html close(String tag) {
    out.append("</").append(tag).append('>');
    return this;
  }

  Html text(String text) {
    out.append(escaped(text));
    return this;
  }

  /** An element with nothing but text in it. */
  Html element(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close(tag);
  }

  /** Text that comes from outside: it may run from right to left, and turns nothing beside it. */
  Html data(String text) {
    return element("bdi", text);
  }

  /** Text of several lines, from outside. */
  Html lines(String text) {
    String between = "";
    for (String line : text.lines().toList()) {
      out.append(between);
      data(line);
      between = "<br>";
    }
    return this;
  }

  /** A style sheet or a script of our own, which the page is allowed by its hash. */
  Html asset(String tag, Asset asset) {
    out.append('<').append(tag).append('>').append(asset.text());
    return close(tag);
  }

  /** The document so far. */
  String document() {
    return "<!doctype html>\n" + out;
  }

  private static String escaped(String text) {
    String shown = Printable.line(Masked.text(text));
    StringBuilder escaped = new StringBuilder(shown.length() + 16);
    for (int i = 0; i < shown.length(); i++) {
      char each = shown.charAt(i);
      switch (each) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(each);
      }
    }
    return escaped.toString();
  }
}
