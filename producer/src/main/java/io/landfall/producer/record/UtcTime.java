package io.landfall.producer.record;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Times as most APIs write them, {@code 2026-11-25T06:07:08Z} with or without a fraction of a
 * second, read several times as fast as by a formatter: a record may have many.
 */
final class UtcTime {

  /** From the year to the last digit of the seconds. */
  private static final String FORM = "dddd-dd-ddTdd:dd:dd";

  private static final int MOST_DIGITS = 9;
  private static final long SECONDS_OF_A_DAY = 86_400;

  private UtcTime() {}

  /** The time; empty where the text is not of that form, whatever else it may be. */
  static Optional<Instant> of(String text) {
    int last = text.length() - 1;
    if (last < FORM.length() || text.charAt(last) != 'Z' || !isOfForm(text)) {
      return Optional.empty();
    }
    int nanos = 0;
    if (last > FORM.length()) {
      int digits = last - FORM.length() - 1;
      if (text.charAt(FORM.length()) != '.' || digits < 1 || digits > MOST_DIGITS) {
        return Optional.empty();
      }
      for (int at = FORM.length() + 1; at <= FORM.length() + MOST_DIGITS; at++) {
        if (at < last && !isDigit(text.charAt(at))) {
          return Optional.empty();
        }
        nanos = nanos * 10 + (at < last ? text.charAt(at) - '0' : 0);
      }
    }
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, 19);
    if (hour > 23 || minute > 59 || second > 59) {
      return Optional.empty();
    }
    try {
      long day =
          LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10)).toEpochDay();
      return Optional.of(
          Instant.ofEpochSecond(
              day * SECONDS_OF_A_DAY + (hour * 60L + minute) * 60 + second, nanos));
    } catch (DateTimeException e) {
      return Optional.empty(); // There is no such day.
    }
  }

  private static boolean isOfForm(String text) {
    for (int at = 0; at < FORM.length(); at++) {
      char expected = FORM.charAt(at);
      char found = text.charAt(at);
      if (expected == 'd' ? !isDigit(found) : found != expected) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int at = from; at < to; at++) {
      number = number * 10 + text.charAt(at) - '0';
    }
    return number;
  }
}
