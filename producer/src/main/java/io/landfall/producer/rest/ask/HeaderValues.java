package io.landfall.producer.rest.ask;

import java.util.regex.Pattern;

/** What may stand in a header. */
final class HeaderValues {

  private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7E\\t]*");

  private HeaderValues() {}

  static boolean canBe(String value) {
    return VALUE.matcher(value).matches();
  }
}
