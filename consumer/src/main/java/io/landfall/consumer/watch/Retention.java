package io.landfall.consumer.watch;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long a table keeps something, as Delta's properties have it: {@code interval 30 days}. */
final class Retention {

  static final Duration FOR_EVER = Duration.ofDays(1_000_000);

  private static final Pattern PART = Pattern.compile("(-?\\d{1,12})\\s*([a-z]+?)s?(?:\\s+|$)");

  private static final Map<String, Duration> UNITS =
      Map.of(
          "week", Duration.ofDays(7),
          "day", Duration.ofDays(1),
          "hour", Duration.ofHours(1),
          "minute", Duration.ofMinutes(1),
          "second", Duration.ofSeconds(1),
          "millisecond", Duration.ofMillis(1),
          "microsecond", Duration.ofNanos(1_000));

  private Retention() {}

  /**
   * The time that a value says. One that is not understood is taken for none at all, so that
   * somebody looks at it.
   *
   * @param usual what no value means
   */
  static Duration of(String value, Duration usual) {
    if (value.isBlank()) {
      return usual;
    }
    String text = value.strip().toLowerCase(Locale.ROOT).replaceFirst("^interval\\s+", "");
    Matcher part = PART.matcher(text);
    Duration sum = Duration.ZERO;
    int end = 0;
    while (part.find() && part.start() == end) {
      Duration unit = UNITS.get(part.group(2));
      if (unit == null) {
        return Duration.ZERO;
      }
      sum = sum.plus(unit.multipliedBy(Long.parseLong(part.group(1))));
      end = part.end();
    }
    return end == text.length() ? sum : Duration.ZERO;
  }
}
