package io.landfall.consumer.ingest;

import io.landfall.cli.LandfallException;
import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.bronze.TableDescription;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.door.Protocol;
import io.landfall.consumer.landing.LandingTopic;
import io.landfall.consumer.landing.Offsets;
import io.landfall.schemas.Dataset;
import java.util.Map;

/**
 * Whether the topic still goes on where the table stands. A run asks before it writes anything, and
 * whoever only looks asks the same, so that both say the same.
 */
public final class StartCheck {

  private StartCheck() {}

  /**
   * Where the table stands, if it may take rows of the topic and the topic goes on there.
   *
   * @throws LandfallException if not
   */
  public static TableState require(LandingTopic topic, BronzeTable table, Dataset dataset)
      throws InterruptedException {
    Protocol protocol = new Protocol(table.location(), dataset);
    TableDescription described = table.describe();
    protocol.requireOurs(described);
    TableState state = protocol.require(described, table.state(), topic.id());
    require(topic, state);
    return state;
  }

  static void require(LandingTopic topic, TableState table) throws InterruptedException {
    requireNothingExpired(topic, table.position());
    requireNotShorter(topic, table);
  }

  /** Refuses to rebuild from a topic that has lost its beginning. */
  public static void requireWhole(LandingTopic topic) throws InterruptedException {
    requireNothingExpired(topic, Offsets.START);
  }

  /** Refuses to rebuild from a topic that has lost its end, which the table still holds. */
  public static void requireNotShorter(LandingTopic topic, TableState table)
      throws InterruptedException {
    requireNotShorter(topic.name(), topic.ends(), table.position());
  }

  private static void requireNothingExpired(LandingTopic topic, Offsets position)
      throws InterruptedException {
    for (Map.Entry<Integer, Long> first : topic.beginnings().byPartition().entrySet()) {
      long next = position.in(first.getKey());
      if (first.getValue() > next) {
        throw LandfallException.refused(
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
        throw LandfallException.refused(
            "Topic %s, partition %d ends at offset %d, and the table stands at %d: the topic has lost its end, after a crash of the broker or a restore from a copy. New records would get offsets that the table already has. Nothing was written."
                .formatted(topic, next.getKey(), end, next.getValue()));
      }
    }
  }
}
