package io.landfall.producer.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.producer.definition.Paging;
import io.landfall.producer.definition.Reading.Absence;
import io.landfall.producer.definition.Reading.Ask;
import io.landfall.producer.definition.Reading.Windows;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class StretchTest {

  private static final LocalDate BEGIN = LocalDate.parse("2026-03-20");
  private static final List<Duration> LENGTHS =
      List.of(
          Duration.ofDays(1),
          Duration.ofDays(7),
          Duration.ofHours(1),
          Duration.ofHours(6),
          Duration.ofHours(12));
  private static final List<String> ZONES = List.of("UTC", "America/New_York", "Europe/Berlin");

  /** Also over the days that are longer or shorter. */
  @Property(tries = 100)
  void allTimeIsInOneAndNeighboursShareTheirEnds(
      @ForAll @IntRange(min = 0, max = 4) int length,
      @ForAll @IntRange(min = 0, max = 2) int zone,
      @ForAll @IntRange(min = 0, max = 300) int days) {
    ZoneId where = ZoneId.of(ZONES.get(zone));
    LocalDate last = BEGIN.plusDays(days);
    List<Stretch> all =
        Stretch.of(
            windows(LENGTHS.get(length), where),
            LocalDate.parse("2020-01-01"),
            last,
            Instant.parse("2030-01-01T00:00:00Z"));
    assertThat(all.get(0).from()).isEqualTo(BEGIN.atStartOfDay(where).toInstant());
    Set<String> names = new HashSet<>();
    for (int i = 0; i < all.size(); i++) {
      assertThat(names.add(all.get(i).name())).as(all.get(i).name()).isTrue();
      assertThat(i == 0 || all.get(i - 1).to().equals(all.get(i).from())).isTrue();
    }
    assertThat(all.get(all.size() - 1).to())
        .isAfterOrEqualTo(last.plusDays(1).atStartOfDay(where).toInstant());
  }

  private static Windows windows(Duration every, ZoneId zone) {
    Ask ask =
        new Ask(
            "",
            Optional.empty(),
            "/",
            Map.of(),
            new Paging.None(),
            Optional.empty(),
            List.of(),
            false,
            Optional.empty());
    return new Windows(every, BEGIN, zone, List.of(), Absence.SAYS_NOTHING, ask);
  }
}
