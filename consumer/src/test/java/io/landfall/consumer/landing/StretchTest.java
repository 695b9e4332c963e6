package io.landfall.consumer.landing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class StretchTest {

  @Property
  void boundedStretchesReachTheEndStepByStep(
      @ForAll("stretches") Stretch whole, @ForAll @LongRange(min = 1, max = 500) long most) {
    List<Stretch> steps = new ArrayList<>();
    Offsets at = whole.from();
    while (whole.to().isBeyond(at)) {
      Stretch step = Stretch.between(at, whole.to(), most);
      // Each partition gives at least one offset, and rounds up.
      long rounding = whole.to().byPartition().size();
      assertThat(step.span()).isPositive().isLessThanOrEqualTo(most + rounding);
      steps.add(step);
      at = step.to();
    }
    assertThat(at.byPartition()).isEqualTo(whole.to().byPartition());
    assertThat(steps.stream().mapToLong(Stretch::span).sum()).isEqualTo(whole.span());
  }

  @Test
  void placeThatTheTopicHasFallenBehindStaysWhereItIs() {
    Stretch stretch =
        Stretch.between(new Offsets(Map.of(0, 10L)), new Offsets(Map.of(0, 4L, 1, 3L)), 100);

    assertThat(stretch.to().byPartition()).isEqualTo(Map.of(0, 10L, 1, 3L));
    assertThat(stretch.ranges()).containsExactly(new OffsetRange(1, 0, 3));
  }

  @Provide
  Arbitrary<Stretch> stretches() {
    Arbitrary<Long> numbers = Arbitraries.longs().between(0, 2_000);
    Arbitrary<Map<Integer, long[]>> bounds =
        Arbitraries.maps(
                Arbitraries.integers().between(0, 5),
                Combinators.combine(numbers, numbers)
                    .as((from, span) -> new long[] {from, from + span}))
            .ofMinSize(1)
            .ofMaxSize(6);
    return bounds.map(
        byPartition -> {
          Map<Integer, Long> from = new HashMap<>();
          Map<Integer, Long> to = new HashMap<>();
          byPartition.forEach(
              (partition, bound) -> {
                from.put(partition, bound[0]);
                to.put(partition, bound[1]);
              });
          return new Stretch(new Offsets(from), new Offsets(to));
        });
  }
}
