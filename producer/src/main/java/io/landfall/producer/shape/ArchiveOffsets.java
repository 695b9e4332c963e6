package io.landfall.producer.shape;

import io.landfall.cli.LandfallException;
import io.landfall.cli.kafka.OpenTransactions;
import io.landfall.schemas.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** How far shape has come in the archive, and whether it can go on from there. */
final class ArchiveOffsets {

  private final Admin admin;
  private final Topic archive;
  private final String group;

  /**
   * @param group whose committed offsets are where shape stands
   */
  ArchiveOffsets(Admin admin, Topic archive, String group) {
    this.admin = admin;
    this.archive = archive;
    this.group = group;
  }

  /** Where what is committed ends now. */
  Map<TopicPartition, Long> ends() throws InterruptedException {
    try {
      return OpenTransactions.committedEnds(admin, partitions());
    } catch (KafkaException e) {
      throw unanswered(e);
    }
  }

  /**
   * The same, once all that is there now is committed or aborted.
   *
   * @throws LandfallException if a transaction stays open
   */
  Map<TopicPartition, Long> endsOfAll() throws InterruptedException {
    try {
      return OpenTransactions.awaitEnd(admin, partitions());
    } catch (KafkaException e) {
      throw unanswered(e);
    }
  }

  /** How many records before the goal are not shaped yet. */
  long behind(Map<TopicPartition, Long> goal) throws InterruptedException {
    Map<TopicPartition, Long> shaped = shaped();
    return goal.entrySet().stream()
        .mapToLong(entry -> Math.max(0, entry.getValue() - shaped.getOrDefault(entry.getKey(), 0L)))
        .sum();
  }

  /**
   * Refuses an archive that does not hold what comes next.
   *
   * @throws LandfallException if it ends before shape's position, or begins after it
   */
  void refuseGaps() throws InterruptedException {
    // In this order: what grows meanwhile cannot look like a gap.
    Map<TopicPartition, Long> beginnings = offsets(OffsetSpec.earliest());
    Map<TopicPartition, Long> shaped = shaped();
    Map<TopicPartition, Long> ends = offsets(OffsetSpec.latest());
    List<String> problems =
        partitions().stream()
            .map(
                one ->
                    problem(
                        one,
                        beginnings.getOrDefault(one, 0L),
                        shaped.getOrDefault(one, 0L),
                        ends.getOrDefault(one, 0L)))
            .filter(problem -> !problem.isEmpty())
            .toList();
    if (!problems.isEmpty()) {
      throw LandfallException.refused(String.join("\n", problems));
    }
  }

  private String problem(TopicPartition partition, long beginning, long shaped, long end) {
    if (shaped > end) {
      return "Topic %s, partition %d, ends at offset %d, and shape has come to %d: it was cut or made anew, and the next %d records in it would never be shaped. Bring the old topic back, or let shape begin at its start, which emits nothing for items that are as they were: kafka-consumer-groups.sh --group %s --topic %s --reset-offsets --to-earliest --execute"
          .formatted(
              partition.topic(),
              partition.partition(),
              end,
              shaped,
              shaped - end,
              group,
              partition.topic());
    }
    if (shaped < beginning) {
      return "Topic %s, partition %d, begins at offset %d, and shape has come to %d: the %d records between were deleted, and what they say would never be shaped. Bring them back, or go on without them: kafka-consumer-groups.sh --group %s --topic %s:%d --reset-offsets --to-earliest --execute; then fetch their items again: landfall producer run --from DAY --to DAY"
          .formatted(
              partition.topic(),
              partition.partition(),
              beginning,
              shaped,
              beginning - shaped,
              group,
              partition.topic(),
              partition.partition());
    }
    return "";
  }

  private List<TopicPartition> partitions() {
    return IntStream.range(0, archive.partitions())
        .mapToObj(partition -> new TopicPartition(archive.name(), partition))
        .toList();
  }

  private Map<TopicPartition, Long> offsets(OffsetSpec spec) throws InterruptedException {
    try {
      return admin
          .listOffsets(partitions().stream().collect(Collectors.toMap(one -> one, one -> spec)))
          .all()
          .get()
          .entrySet()
          .stream()
          .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
    } catch (ExecutionException e) {
      throw unanswered(e);
    }
  }

  private Map<TopicPartition, Long> shaped() throws InterruptedException {
    try {
      Map<TopicPartition, Long> shaped = new HashMap<>();
      for (Map.Entry<TopicPartition, OffsetAndMetadata> entry :
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().entrySet()) {
        if (entry.getValue() != null) {
          shaped.put(entry.getKey(), entry.getValue().offset());
        }
      }
      return shaped;
    } catch (ExecutionException e) {
      throw unanswered(e);
    }
  }

  static LandfallException unanswered(Exception e) {
    return LandfallException.unavailable(
        "Kafka does not say how far shape has come: %s. Run again when it is back."
            .formatted(e.getCause() instanceof KafkaException cause ? cause.getMessage() : e),
        e);
  }
}
