package io.landfall.consumer.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.kafka.OpenTransaction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class OpenTransactionWatchTest {

  private final MemoryTopic topic = new MemoryTopic(2);

  @Test
  void oldOneIsToldOnceInAWhile() throws Exception {
    OpenTransactionWatch watch = watch(Duration.ZERO);
    topic.open(1, 3);
    assertThat(watch.news(after(Duration.ofSeconds(29)))).isEmpty();
    assertThat(watch.news(after(Duration.ofSeconds(59)))).isEmpty();

    assertThat(watch.news(after(Duration.ofSeconds(95))))
        .singleElement()
        .satisfies(open -> assertThat(open.partition()).isEqualTo(1))
        .extracting(OpenTransaction::abort)
        .asString()
        .endsWith("--partition 1 --start-offset 0");
    assertThat(watch.news(after(Duration.ofMinutes(10)))).isEmpty();
    assertThat(watch.news(after(Duration.ofMinutes(40)))).hasSize(1);
    topic.commit(1, 1);
    assertThat(watch.news(after(Duration.ofMinutes(90)))).isEmpty();
  }

  @Test
  void topicThatCannotBeAskedIsNobodysEnd() {
    OpenTransactionWatch watch = watch(Duration.ZERO);
    topic.open(0, 1);
    topic.away(true);

    watch.look();
  }

  private OpenTransactionWatch watch(Duration after) {
    return new OpenTransactionWatch(topic.open(), Clock.fixed(after(after), ZoneOffset.UTC));
  }

  private static Instant after(Duration open) {
    return MemoryTopic.BEGAN.plus(open);
  }
}
