package io.landfall.consumer.ingest;

import io.landfall.cli.LandfallException;
import io.landfall.cli.Refusal;
import io.landfall.cli.RefusalReason;
import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.bronze.TableDescription;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.door.Protocol;
import io.landfall.consumer.landing.LandingTopic;
import io.landfall.consumer.landing.Offsets;
import io.landfall.schemas.Dataset;
import java.util.Map;
import java.util.Optional;

/**
 * Whether table, topic and run still fit each other. A run asks before it writes anything, and
 * whoever only looks asks the same, so that both say the same.
 */
public final class StartCheck {

  private StartCheck() {}

  /** Whether a table may take rows of a topic now, and from where. */
  public static StartAnswer ask(LandingTopic topic, BronzeTable table, Dataset dataset)
      throws InterruptedException {
    Protocol protocol = new Protocol(table.location(), dataset);
    TableDescription described = table.describe();
    Optional<Refusal> notOurs = protocol.notOurs(described);
    if (notOurs.isPresent()) {
      return new StartAnswer.Refuse(notOurs.get());
    }
    TableState state = table.state();
    Optional<Refusal> refusal = protocol.refusal(described, state, topic.id());
    return refusal.isPresent()
        ? new StartAnswer.Refuse(refusal.get())
        : ask(topic, state, Optional.empty());
  }

  /**
   * The same where the table itself may take rows.
   *
   * @param reading what the run reads, if it has begun to
   */
  static StartAnswer ask(LandingTopic topic, TableState table, Optional<Reading> reading)
      throws InterruptedException {
    Optional<Refusal> expired = expired(topic, table.position());
    if (expired.isPresent()) {
      return new StartAnswer.Refuse(expired.get());
    }
    Optional<Refusal> shorter = shorter(topic, table.position());
    if (shorter.isPresent()) {
      return new StartAnswer.Refuse(shorter.get());
    }
    boolean fits =
        reading.isEmpty()
            || (reading.get().at().isAt(table.position())
                && reading.get().partitions().equals(topic.partitions()));
    return fits ? new StartAnswer.GoOn(table) : new StartAnswer.GoOnAnew(table);
  }

  /**
   * Refuses to rebuild from a place on which a topic does not reach back to.
   *
   * @throws LandfallException if it does not
   */
  public static void requireFrom(LandingTopic topic, Offsets begins) throws InterruptedException {
    Refusal.requireNone(expired(topic, begins));
  }

  /**
   * Refuses to rebuild from a topic that has lost its end, which the table still holds.
   *
   * @throws LandfallException if it has
   */
  public static void requireNotShorter(LandingTopic topic, Offsets position)
      throws InterruptedException {
    Refusal.requireNone(shorter(topic, position));
  }

  private static Optional<Refusal> expired(LandingTopic topic, Offsets position)
      throws InterruptedException {
    for (Map.Entry<Integer, Long> first : topic.beginnings().byPartition().entrySet()) {
      long next = position.in(first.getKey());
      if (first.getValue() > next) {
        return Optional.of(
            new Refusal(
                RefusalReason.OFFSETS_EXPIRED,
                "Topic %s, partition %d begins at offset %d, and the table stands at %d."
                    .formatted(topic.name(), first.getKey(), first.getValue(), next),
                "Going on would lose records without a trace: the %d offsets between expired or were deleted before they were landed."
                    .formatted(first.getValue() - next),
                "Bring them back into the topic from where they are saved; or land a complete copy of the topic in a new table: landfall consumer run --table NEW"));
      }
    }
    return Optional.empty();
  }

  /** A topic never becomes shorter; one that is shorter is not the one the rows came from. */
  private static Optional<Refusal> shorter(LandingTopic topic, Offsets position)
      throws InterruptedException {
    Offsets ends = topic.ends();
    for (Map.Entry<Integer, Long> next : position.byPartition().entrySet()) {
      long end = ends.in(next.getKey());
      if (end < next.getValue()) {
        return Optional.of(
            new Refusal(
                RefusalReason.TOPIC_SHORTER,
                "Topic %s, partition %d ends at offset %d, and the table stands at %d: the topic has lost its end, after a crash of the broker or a restore from a copy."
                    .formatted(topic.name(), next.getKey(), end, next.getValue()),
                "New records would get offsets that the table already has, and would be left out.",
                "Bring the topic's end back from a replica or a copy; or make the topic anew, send its records again, and go on with it: landfall consumer run --adopt-topic"));
      }
    }
    return Optional.empty();
  }
}
