package io.landfall.consumer.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.cli.LandfallException;
import io.landfall.cli.kafka.OpenTransaction;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.landing.LandingTopic;
import io.landfall.consumer.landing.Offsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class StartCheckTest {

  /** A topic that begins and ends where the test says. */
  private record Reaching(Offsets beginnings, Offsets ends) implements LandingTopic {

    @Override
    public String name() {
      return "weather.readings.v1";
    }

    @Override
    public String id() {
      return "id";
    }

    @Override
    public Set<Integer> partitions() {
      return ends.byPartition().keySet();
    }

    @Override
    public void refresh() {}

    @Override
    public Offsets committedEnds() {
      return ends;
    }

    @Override
    public Offsets since(Instant time) {
      return beginnings;
    }

    @Override
    public List<OpenTransaction> openTransactions() {
      return List.of();
    }

    @Override
    public void close() {}
  }

  @Property
  void onlyAPositionWithinTheTopicPasses(
      @ForAll @Size(3) long @LongRange(max = 5) [] begins,
      @ForAll @Size(3) long @LongRange(max = 5) [] lengths,
      @ForAll @Size(3) long @LongRange(max = 12) [] at)
      throws InterruptedException {
    TreeMap<Integer, Long> ends = new TreeMap<>();
    boolean within = true;
    for (int partition = 0; partition < 3; partition++) {
      ends.put(partition, begins[partition] + lengths[partition]);
      within &= begins[partition] <= at[partition] && at[partition] <= ends.get(partition);
    }
    LandingTopic topic = new Reaching(offsets(begins), new Offsets(ends));

    assertThat(refusal(topic, offsets(at)).isEmpty()).isEqualTo(within);
  }

  @Test
  void rebuildingNeedsTheBeginning() throws InterruptedException {
    StartCheck.requireFrom(new Reaching(Offsets.START, at(5)), Offsets.START);
    StartCheck.requireFrom(new Reaching(at(2), at(5)), at(2));

    assertThatThrownBy(() -> StartCheck.requireFrom(new Reaching(at(2), at(5)), Offsets.START))
        .isInstanceOf(LandfallException.class)
        .hasMessageContaining("begins at offset 2");
  }

  @Test
  void partitionThatTheTopicLostIsTold() throws InterruptedException {
    LandingTopic topic = new Reaching(Offsets.START, at(5));

    assertThat(refusal(topic, new Offsets(Map.of(0, 5L, 1, 3L))).orElseThrow())
        .hasMessageContaining("partition 1 ends at offset 0, and the table stands at 3");
  }

  private static Optional<LandfallException> refusal(LandingTopic topic, Offsets position)
      throws InterruptedException {
    try {
      StartCheck.ask(topic, new TableState(3, position, OptionalLong.empty(), ""), Optional.empty())
          .require();
      return Optional.empty();
    } catch (LandfallException e) {
      return Optional.of(e);
    }
  }

  private static Offsets offsets(long[] byPartition) {
    TreeMap<Integer, Long> offsets = new TreeMap<>();
    for (int partition = 0; partition < byPartition.length; partition++) {
      offsets.put(partition, byPartition[partition]);
    }
    return new Offsets(offsets);
  }

  private static Offsets at(long offset) {
    return new Offsets(Map.of(0, offset));
  }
}
