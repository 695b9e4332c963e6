package io.landfall.producer.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The times of a schedule where the clock is put forward and back. */
class CronTimesTest {

  private static List<Instant> between(String cron, String zone, Instant from, Instant to) {
    CronTimes times = new CronTimes(cron, ZoneId.of(zone));
    List<Instant> found = new ArrayList<>();
    for (Instant next = times.after(from); next.isBefore(to); next = times.after(next)) {
      found.add(next);
    }
    return found;
  }

  @ParameterizedTest
  @CsvSource({
    // New York: 02:00 is 03:00 on 2025-03-09; Berlin: on 2025-03-30.
    "30 2 * * *, America/New_York, 2025-03-09, 2025-03-09T07:00:00Z",
    "0 2 * * *,  America/New_York, 2025-03-09, 2025-03-09T07:00:00Z",
    "59 1 * * *, America/New_York, 2025-03-09, 2025-03-09T06:59:00Z",
    "0 3 * * *,  America/New_York, 2025-03-09, 2025-03-09T07:00:00Z",
    "30 2 9 3 *, America/New_York, 2025-03-09, 2025-03-09T07:00:00Z",
    "30 2 * * 0, America/New_York, 2025-03-09, 2025-03-09T07:00:00Z",
    "30 2 * * *, Europe/Berlin,    2025-03-30, 2025-03-30T01:00:00Z",
    "15 2 * * *, Europe/Berlin,    2025-03-30, 2025-03-30T01:00:00Z",
    "0 9 * * *,  Europe/Berlin,    2025-03-30, 2025-03-30T07:00:00Z",
    // And back: 02:00 is 01:00 on 2025-11-02, 03:00 is 02:00 on 2025-10-26.
    "30 1 * * *, America/New_York, 2025-11-02, 2025-11-02T05:30:00Z",
    "0 2 * * *,  America/New_York, 2025-11-02, 2025-11-02T07:00:00Z",
    "30 2 * * *, Europe/Berlin,    2025-10-26, 2025-10-26T00:30:00Z",
    "0 3 * * *,  Europe/Berlin,    2025-10-26, 2025-10-26T02:00:00Z",
    // Whole days are skipped or begin late elsewhere.
    "30 0 * * *, Africa/Cairo,     2024-04-26, 2024-04-25T22:00:00Z",
    "0 9 30 12 *, Pacific/Apia,    2011-12-30, 2011-12-30T10:00:00Z"
  })
  void aTimeIsOnceOnTheDayOfAClockChange(
      String cron, String zone, LocalDate day, Instant expected) {
    ZoneId where = ZoneId.of(zone);
    Instant from = day.atStartOfDay(where).toInstant().minusSeconds(1);
    Instant to = day.plusDays(1).atStartOfDay(where).toInstant();
    if (!from.isBefore(to.minusSeconds(1))) {
      to = to.plusSeconds(1);
    }
    assertThat(between(cron, zone, from, to)).containsExactly(expected);
  }

  @Test
  void severalTimesInTheHourThatIsSkippedAreOne() {
    assertThat(
            between(
                "*/20 1-3 * * *",
                "Europe/Berlin",
                Instant.parse("2025-03-30T00:30:00Z"),
                Instant.parse("2025-03-30T01:45:00Z")))
        .containsExactly(
            Instant.parse("2025-03-30T00:40:00Z"),
            Instant.parse("2025-03-30T01:00:00Z"),
            Instant.parse("2025-03-30T01:20:00Z"),
            Instant.parse("2025-03-30T01:40:00Z"));
  }

  @Test
  void theHourThatComesTwiceIsOverAfterTheFirst() {
    assertThat(
            new CronTimes("*/20 * * * *", ZoneId.of("America/New_York"))
                .after(Instant.parse("2025-11-02T06:10:00Z")))
        .isEqualTo(Instant.parse("2025-11-02T07:00:00Z"));
  }

  @Property(tries = 300)
  void everyDayHasItsOneTime(
      @ForAll @IntRange(min = 0, max = 23) int hour,
      @ForAll @IntRange(min = 0, max = 59) int minute,
      @ForAll @IntRange(min = 2015, max = 2035) int year,
      @ForAll boolean inBerlin) {
    String zone = inBerlin ? "Europe/Berlin" : "America/New_York";
    ZoneId where = ZoneId.of(zone);
    LocalDate first = LocalDate.of(year, 1, 1);
    LocalDate end = LocalDate.of(year + 1, 1, 1);
    List<Instant> times =
        between(
            "%d %d * * *".formatted(minute, hour),
            zone,
            first.atStartOfDay(where).toInstant().minusSeconds(1),
            end.atStartOfDay(where).toInstant());
    assertThat(times)
        .extracting(time -> LocalDate.ofInstant(time, where))
        .containsExactlyElementsOf(first.datesUntil(end).toList());
    assertThat(times)
        .allMatch(
            time -> {
              LocalTime shown = LocalTime.ofInstant(time, where);
              Duration late = Duration.between(LocalTime.of(hour, minute), shown);
              return late.isZero() || (shown.equals(LocalTime.of(3, 0)) && late.toMinutes() <= 60);
            });
  }
}
