package io.landfall.producer.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a server wishes to be asked again. A wish is granted up to a day: a clock that is wrong
 * there must not put anything off for years. What cannot be read is no wish.
 */
final class RetryAfter {

  /** The most that is granted. */
  static final Duration LONGEST = Duration.ofDays(1);

  /** Seconds; a fraction is not in the standard, and is rounded up. */
  private static final Pattern SECONDS = Pattern.compile("(\\d+)(\\.\\d+)?");

  /** A longer number is more than a day, and may not fit into a long. */
  private static final int MOST_DIGITS = 9;

  /** A day's name says nothing that the date does not, and may be wrong. */
  private static final Pattern NAME_OF_A_DAY = Pattern.compile("^[A-Za-z]+,?\\s+");

  private static final Pattern ZONE =
      Pattern.compile("\\s+(?:GMT|UTC?|Z|[+-]00:?00)$", Pattern.CASE_INSENSITIVE);

  /** A year of two digits is at most 50 years ahead: RFC 9110, 5.6.7. */
  private static final int YEARS_AHEAD = 50;

  private static final DateTimeFormatter USUAL = format("d MMM uuuu HH:mm:ss");
  private static final DateTimeFormatter OF_ASCTIME = format("MMM d HH:mm:ss uuuu");
  private static final Pattern OF_RFC_850 = Pattern.compile("(\\d+)-([A-Za-z]+)-(\\d+)\\s+(.+)");

  private RetryAfter() {}

  /** What a header asks for, if that is later than now. */
  static Optional<Instant> of(String header, Instant now) {
    String wish = header.strip();
    Matcher seconds = SECONDS.matcher(wish);
    return (seconds.matches() ? Optional.of(after(seconds, now)) : date(wish, now))
        .filter(now::isBefore)
        .map(until -> earlier(until, now.plus(LONGEST)));
  }

  private static Instant after(Matcher seconds, Instant now) {
    String whole = seconds.group(1).replaceFirst("^0+(?=.)", "");
    if (whole.length() > MOST_DIGITS) {
      return now.plus(LONGEST);
    }
    boolean more = seconds.group(2) != null && !seconds.group(2).matches("\\.0+");
    return now.plusSeconds(Long.parseLong(whole) + (more ? 1 : 0));
  }

  private static Optional<Instant> date(String wish, Instant now) {
    String date = NAME_OF_A_DAY.matcher(ZONE.matcher(wish).replaceFirst("")).replaceFirst("");
    String plain = date.replaceAll("\\s+", " ");
    Matcher dashes = OF_RFC_850.matcher(plain);
    String usual = dashes.matches() ? withFullYear(dashes, now) : plain;
    for (DateTimeFormatter form : List.of(USUAL, OF_ASCTIME)) {
      try {
        return Optional.of(LocalDateTime.parse(usual, form).toInstant(ZoneOffset.UTC));
      } catch (DateTimeException e) {
        // Not in this form.
      }
    }
    return Optional.empty();
  }

  private static String withFullYear(Matcher date, Instant now) {
    String year = date.group(3);
    if (year.length() == 2) {
      int thisYear = now.atOffset(ZoneOffset.UTC).getYear();
      int written = thisYear - thisYear % 100 + Integer.parseInt(year);
      int full =
          written > thisYear + YEARS_AHEAD
              ? written - 100
              : written <= thisYear - YEARS_AHEAD ? written + 100 : written;
      year = Integer.toString(full);
    }
    return "%s %s %s %s".formatted(date.group(1), date.group(2), year, date.group(4));
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static DateTimeFormatter format(String pattern) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(pattern)
        .toFormatter(Locale.ENGLISH);
  }
}
