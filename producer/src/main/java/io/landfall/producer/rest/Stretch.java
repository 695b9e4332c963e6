package io.landfall.producer.rest;

import io.landfall.producer.definition.Reading.Windows;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A stretch of time that is an item. Both ends belong to it: its neighbours share them.
 *
 * @param name {@code 2026-11-25/1d}, {@code 2026-11-25T06/6h}
 * @param firstDay where its source's days are counted
 */
record Stretch(String name, Instant from, Instant to, LocalDate firstDay, LocalDate lastDay) {

  private static final Duration DAY = Duration.ofDays(1);

  /** What is asked for is told in seconds; a shorter one would be the same again. */
  private static final Duration SHORTEST = Duration.ofSeconds(2);

  /**
   * Those that touch the days from the first to the last and have begun.
   *
   * @param last is included
   */
  static List<Stretch> of(Windows windows, LocalDate first, LocalDate last, Instant now) {
    LocalDate day = first.isBefore(windows.from()) ? windows.from() : first;
    List<Stretch> all = new ArrayList<>();
    if (windows.every().compareTo(DAY) >= 0) {
      long days = windows.every().toDays();
      long before = ChronoUnit.DAYS.between(windows.from(), day) / days;
      for (LocalDate begin = windows.from().plusDays(before * days);
          !begin.isAfter(last);
          begin = begin.plusDays(days)) {
        all.add(ofDays(begin, days, windows.zone()));
      }
    } else {
      for (; !day.isAfter(last); day = day.plusDays(1)) {
        all.addAll(within(day, windows));
      }
    }
    return all.stream().filter(one -> !one.from().isAfter(now)).toList();
  }

  private static Stretch ofDays(LocalDate begin, long days, ZoneId zone) {
    LocalDate end = begin.plusDays(days);
    return new Stretch(
        "%s/%dd".formatted(begin, days),
        begin.atStartOfDay(zone).toInstant(),
        end.atStartOfDay(zone).toInstant(),
        begin,
        end.minusDays(1));
  }

  /** A day that is an hour longer has one more, or one of an hour. */
  private static List<Stretch> within(LocalDate day, Windows windows) {
    Instant end = day.plusDays(1).atStartOfDay(windows.zone()).toInstant();
    List<Stretch> all = new ArrayList<>();
    for (Instant from = day.atStartOfDay(windows.zone()).toInstant(); from.isBefore(end); ) {
      Instant to = from.plus(windows.every());
      to = to.isAfter(end) ? end : to;
      all.add(between(from, to, windows.zone()));
      from = to;
    }
    return all;
  }

  /** One by its ends. Its name has the hour of the zone, or of UTC where that may come twice. */
  static Stretch between(Instant from, Instant to, ZoneId zone) {
    boolean isUtc = zone.normalized().equals(ZoneOffset.UTC);
    LocalDateTime time = LocalDateTime.ofInstant(from, ZoneOffset.UTC);
    String clock =
        time.getSecond() != 0
            ? time.toLocalTime().toString()
            : time.getMinute() != 0
                ? "%02d:%02d".formatted(time.getHour(), time.getMinute())
                : "%02d".formatted(time.getHour());
    return new Stretch(
        "%sT%s%s/%s"
            .formatted(
                time.toLocalDate(),
                clock,
                isUtc ? "" : "Z",
                Duration.between(from, to).toString().substring(2).toLowerCase(Locale.ROOT)),
        from,
        to,
        LocalDate.ofInstant(from, zone),
        LocalDate.ofInstant(to.minusMillis(1), zone));
  }

  /** Its halves, which share the second between them; empty where it is too short. */
  static Optional<List<Stretch>> halves(Instant from, Instant to, ZoneId zone) {
    Duration all = Duration.between(from, to);
    if (all.compareTo(SHORTEST) < 0) {
      return Optional.empty();
    }
    Instant middle = from.plusSeconds(all.toSeconds() / 2);
    return Optional.of(List.of(between(from, middle, zone), between(middle, to, zone)));
  }
}
