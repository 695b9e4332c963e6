package io.landfall.producer.shape;

import io.landfall.cli.LandfallException;
import io.landfall.schemas.Topics;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownMemberIdException;

/** Takes shape's group back to where the archive is to be read again; only while no shape runs. */
final class Rewind {

  private final Map<String, Object> connection;
  private final Topics topics;
  private final String archive;
  private final Admin admin;
  private final String group;
  private final boolean anyLook;

  /**
   * @param archive the id of the topic of answers
   * @param anyLook whether rows are each for themselves, so that any look at an item may have put
   *     some of them in force
   */
  Rewind(
      Map<String, Object> connection, Topics topics, String archive, Admin admin, boolean anyLook) {
    this.anyLook = anyLook;
    this.connection = connection;
    this.topics = topics;
    this.archive = archive;
    this.admin = admin;
    this.group = StateTopic.applicationId(topics);
  }

  /**
   * Takes it back as far as the selected items need. Nothing is lost if it ends in between: what
   * was shaped before is known by its offset.
   *
   * @throws LandfallException if an item is selected by a key that shape does not know
   */
  void to(Selection selection, Collection<TopicPartition> partitions) throws InterruptedException {
    Map<TopicPartition, Long> next = next();
    Map<TopicPartition, OffsetAndMetadata> targets = new HashMap<>();
    Set<String> notFound = new HashSet<>(selection.items());
    if (hasStates()) {
      try (CommittedRecords records = new CommittedRecords(connection)) {
        States states = new States(topics, records);
        for (TopicPartition partition : partitions) {
          long goesOn = next.getOrDefault(partition, 0L);
          Map<String, byte[]> known = states.of(partition.partition());
          notFound.removeAll(known.keySet());
          known.entrySet().stream()
              .filter(
                  item -> selection.items().isEmpty() || selection.items().contains(item.getKey()))
              .mapToLong(item -> first(item.getKey(), item.getValue()))
              .filter(offset -> offset < goesOn)
              .min()
              .ifPresent(first -> targets.put(partition, new OffsetAndMetadata(first)));
        }
      }
    }
    if (!notFound.isEmpty()) {
      throw unknown(notFound);
    }
    take(targets);
  }

  /** In another archive than its state was made from, an item may stand anywhere. */
  private long first(String item, byte[] state) {
    return anyLook ? 0 : States.place(States.decode(item, state), archive).orElse(0);
  }

  static LandfallException unknown(Set<String> items) {
    return LandfallException.usage(
        "--items: nothing was ever shaped of %s. `producer status` tells the keys of those that wait; of the others, ask the table."
            .formatted(String.join(", ", new TreeSet<>(items))));
  }

  /** Whether anything was ever shaped. */
  boolean hasStates() throws InterruptedException {
    try {
      return new StateTopic(topics).isThere(admin);
    } catch (KafkaException e) {
      throw ArchiveOffsets.unanswered(e);
    }
  }

  /** The offset that shape goes on from, by partition of the archive. */
  Map<TopicPartition, Long> next() throws InterruptedException {
    try {
      Map<TopicPartition, Long> next = new HashMap<>();
      admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get()
          .forEach(
              (partition, committed) -> {
                if (committed != null) {
                  next.put(partition, committed.offset());
                }
              });
      return next;
    } catch (ExecutionException e) {
      throw ArchiveOffsets.unanswered(e);
    }
  }

  private void take(Map<TopicPartition, OffsetAndMetadata> targets) throws InterruptedException {
    if (targets.isEmpty()) {
      return;
    }
    try {
      admin.alterConsumerGroupOffsets(group, targets).all().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownMemberIdException) {
        throw LandfallException.refused(
            "Another shape has begun at this moment: somebody is in the group %s. Stop it, then try again."
                .formatted(group),
            e);
      }
      throw ArchiveOffsets.unanswered(e);
    }
  }
}
