package io.landfall.producer.nhl.stats;

import org.jspecify.annotations.Nullable;

/** The API's clock times, {@code MM:SS}. */
final class Clock {

  /** What {@link #seconds} gives for a text that is no clock time. */
  static final int UNREADABLE = -1;

  private Clock() {}

  /** Seconds of a clock time, or {@link #UNREADABLE}. Minutes may have one to three digits. */
  static int seconds(@Nullable String text) {
    if (text == null) {
      return UNREADABLE;
    }
    int colon = text.length() - 3;
    if (colon < 1 || colon > 3 || text.charAt(colon) != ':') {
      return UNREADABLE;
    }
    int minutes = number(text, 0, colon);
    int seconds = number(text, colon + 1, text.length());
    return minutes < 0 || seconds < 0 || seconds > 59 ? UNREADABLE : 60 * minutes + seconds;
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return UNREADABLE;
      }
      number = 10 * number + digit;
    }
    return number;
  }
}
