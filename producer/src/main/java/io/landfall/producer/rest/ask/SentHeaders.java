package io.landfall.producer.rest.ask;

import java.net.http.HttpRequest;
import java.util.regex.Pattern;

/** Which headers may be sent. */
final class SentHeaders {

  private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7E\\t]*");

  private SentHeaders() {}

  /** Whether it may have this name. */
  static boolean canBeSet(String name) {
    try {
      return !name.isEmpty() && HttpRequest.newBuilder().setHeader(name, "") != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  static boolean canBe(String value) {
    return VALUE.matcher(value).matches();
  }
}
