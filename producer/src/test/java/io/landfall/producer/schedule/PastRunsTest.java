package io.landfall.producer.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.schemas.PastRun;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PastRunsTest {

  private static PastRun run(int id) {
    return PastRun.newBuilder()
        .setId("run " + id)
        .setCommand("run")
        .setStartedAt(Instant.EPOCH)
        .build();
  }

  @Test
  void aRunThatEndsTakesThePlaceOfTheSameOneThatBeganAndTheOldestGoes() {
    List<PastRun> ten = IntStream.range(0, 10).mapToObj(PastRunsTest::run).toList();
    PastRun ended = PastRun.newBuilder(run(9)).setEndedAt(Instant.EPOCH).setExitCode(0).build();
    assertThat(KafkaJournal.with(ten, ended)).hasSize(10).endsWith(ended).startsWith(run(0));
    assertThat(KafkaJournal.with(ten, run(10))).hasSize(10).endsWith(run(10)).startsWith(run(1));
  }
}
