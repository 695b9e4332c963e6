package io.landfall.producer.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a body is, by its header or, where that says nothing, by how it begins. */
public enum MediaType {
  JSON("[{\\[]"),
  HTML("<!doctype html|<html|<!--|<\\?xml");

  /**
   * What a server sends that does not know what it sends; no header means the same: RFC 9110, 8.3.
   */
  private static final Set<String> SAY_NOTHING =
      Set.of("", "application/octet-stream", "binary/octet-stream", "application/unknown", "*/*");

  private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

  private static final int LONGEST_BEGINNING = 32;

  private final Pattern beginning;

  MediaType(String beginning) {
    this.beginning = Pattern.compile(beginning, Pattern.CASE_INSENSITIVE);
  }

  /** The type in a Content-Type header, without parameters, in small letters. */
  static String of(String contentType) {
    return contentType.split("[;,]", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  /** Whether a header says this; {@code application/geo+json} is JSON too. */
  boolean isSaidBy(String contentType) {
    return of(contentType).contains(name().toLowerCase(Locale.ROOT));
  }

  static boolean saysNothing(String contentType) {
    return SAY_NOTHING.contains(of(contentType));
  }

  /** Not counting a byte order mark and white space in front. */
  boolean isHowItBegins(byte[] body) {
    int start =
        body.length >= 3 && new String(body, 0, 3, ISO_8859_1).equals(BYTE_ORDER_MARK) ? 3 : 0;
    while (start < body.length && body[start] >= 0 && Character.isWhitespace(body[start])) {
      start++;
    }
    int end = Math.min(body.length, start + LONGEST_BEGINNING);
    return beginning.matcher(new String(body, start, end - start, ISO_8859_1)).lookingAt();
  }
}
