package io.landfall.producer.rest.ask;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a Link header says (RFC 8288, 3 and B.2). */
final class LinkHeader {

  /**
   * One link.
   *
   * @param target as it stands there
   * @param relations in small letters; none without {@code rel}
   */
  record Link(String target, List<String> relations) {
    Link {
      relations = List.copyOf(relations);
    }
  }

  private static final String BLANKS = " \t";

  private final String text;
  private int at;

  private LinkHeader(String text) {
    this.text = text;
  }

  /** The links of a header, up to where it cannot be read any further. */
  static List<Link> links(String header) {
    return new LinkHeader(header).all();
  }

  private List<Link> all() {
    List<Link> links = new ArrayList<>();
    while (true) {
      pass(BLANKS + ",");
      if (!is('<')) {
        return links;
      }
      int end = text.indexOf('>', at);
      if (end < 0) {
        return links;
      }
      String target = text.substring(at + 1, end).strip();
      at = end + 1;
      Map<String, String> parameters = parameters();
      // One for the anchor of something else is not ours.
      if (!parameters.containsKey("anchor")) {
        links.add(
            new Link(
                target,
                Optional.ofNullable(parameters.get("rel")).stream()
                    .flatMap(rel -> Arrays.stream(rel.strip().split("\\s+")))
                    .map(rel -> rel.toLowerCase(Locale.ROOT))
                    .filter(rel -> !rel.isEmpty())
                    .toList()));
      }
    }
  }

  /** The first of a name counts. */
  private Map<String, String> parameters() {
    Map<String, String> parameters = new HashMap<>();
    while (true) {
      pass(BLANKS);
      if (!is(';')) {
        return parameters;
      }
      pass(BLANKS + ";");
      String name = until(BLANKS + "=;,").toLowerCase(Locale.ROOT);
      pass(BLANKS);
      String value = "";
      if (is('=')) {
        at++;
        pass(BLANKS);
        value = is('"') ? quoted() : until(BLANKS + ";,");
      }
      if (!name.isEmpty()) {
        parameters.putIfAbsent(name, value);
      }
    }
  }

  private String quoted() {
    StringBuilder value = new StringBuilder();
    at++;
    while (at < text.length() && !is('"')) {
      if (is('\\') && at + 1 < text.length()) {
        at++;
      }
      value.append(text.charAt(at));
      at++;
    }
    at++;
    return value.toString();
  }

  private String until(String ends) {
    int from = at;
    while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(from, at);
  }

  private void pass(String letters) {
    while (at < text.length() && letters.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean is(char letter) {
    return at < text.length() && text.charAt(at) == letter;
  }
}
