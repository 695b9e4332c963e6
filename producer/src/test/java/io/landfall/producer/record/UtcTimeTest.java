package io.landfall.producer.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class UtcTimeTest {

  /** Times, and what is nearly one. */
  @Provide
  Arbitrary<String> times() {
    Arbitrary<Integer> year = Arbitraries.integers().between(0, 9999);
    Arbitrary<Integer> part = Arbitraries.integers().between(0, 62);
    Arbitrary<String> fraction =
        Arbitraries.strings().numeric().ofMaxLength(10).map(digits -> "." + digits);
    return Combinators.combine(
            Combinators.combine(year, part, part).as("%04d-%02d-%02d"::formatted),
            Arbitraries.of("T", "T", "T", "t", " "),
            Combinators.combine(part, part, part).as("%02d:%02d:%02d"::formatted),
            Arbitraries.oneOf(Arbitraries.just(""), fraction),
            Arbitraries.of("Z", "Z", "Z", "z", "+00:00", ""))
        .as((day, t, time, rest, zone) -> day + t + time + rest + zone);
  }

  /** What it reads, Java's own reads as the same; what it leaves may be a time in another form. */
  @Property
  void isWhatJavaReads(@ForAll("times") String text) {
    Optional<Instant> fast = UtcTime.of(text);
    Optional<Instant> java = java(text);
    if (fast.isPresent()) {
      assertThat(fast).isEqualTo(java);
    } else if (text.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z")) {
      assertThat(java).isEmpty();
    }
  }

  private static Optional<Instant> java(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
