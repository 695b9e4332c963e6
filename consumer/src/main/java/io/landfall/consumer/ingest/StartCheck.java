package io.landfall.consumer.ingest;

import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.landing.LandingTopic;
import io.landfall.consumer.landing.Offsets;
import io.landfall.program.Stop;
import java.util.Map;

/** Whether the topic still goes on where the table stands; asked before anything is written. */
final class StartCheck {

  private StartCheck() {}

  static void require(LandingTopic topic, TableState table) throws InterruptedException {
    requireNothingExpired(topic, table.position());
    requireNotShorter(topic.name(), topic.ends(), table.position());
  }

  private static void requireNothingExpired(LandingTopic topic, Offsets position)
      throws InterruptedException {
    for (Map.Entry<Integer, Long> first : topic.beginnings().byPartition().entrySet()) {
      long next = position.in(first.getKey());
      if (first.getValue() > next) {
        throw Stop.refused(
            "Topic %s, partition %d begins at offset %d, and the table stands at %d: the %d offsets between expired or were deleted before they were landed. Going on would lose them without a trace; nothing was written. Bring them back into the topic from where they are saved, or land a complete copy of the topic in a new table."
                .formatted(
                    topic.name(), first.getKey(), first.getValue(), next, first.getValue() - next));
      }
    }
  }

  /** A topic never becomes shorter; one that is shorter is not the one the rows came from. */
  static void requireNotShorter(String topic, Offsets ends, Offsets position) {
    for (Map.Entry<Integer, Long> next : position.byPartition().entrySet()) {
      long end = ends.in(next.getKey());
      if (end < next.getValue()) {
        throw Stop.refused(
            "Topic %s, partition %d ends at offset %d, and the table stands at %d: the topic has lost its end, after a crash of the broker or a restore from a copy. New records would get offsets that the table already has. Nothing was written."
                .formatted(topic, next.getKey(), end, next.getValue()));
      }
    }
  }
}
