package io.landfall.producer.shape;

import io.landfall.cli.LandfallException;
import io.landfall.schemas.RowsInForce;
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
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Takes shape's group back to where the archive is to be read again; only while no shape runs. */
final class Rewind {

  private final Map<String, Object> connection;
  private final Topics topics;
  private final Admin admin;
  private final String group;

  Rewind(Map<String, Object> connection, Topics topics, Admin admin, String group) {
    this.connection = connection;
    this.topics = topics;
    this.admin = admin;
    this.group = group;
  }

  /**
   * Takes it back as far as the selected items need. Nothing is lost if it ends in between: what
   * was shaped before is known by its offset, and noted first where it was not.
   *
   * @throws LandfallException if an item is selected by a key that shape does not know
   */
  void to(Selection selection, Collection<TopicPartition> archive) throws InterruptedException {
    Map<TopicPartition, Long> next = next();
    Map<TopicPartition, OffsetAndMetadata> targets = new HashMap<>();
    Set<String> notFound = new HashSet<>(selection.items());
    if (hasStates()) {
      try (CommittedRecords records = new CommittedRecords(connection)) {
        States states = new States(topics, records);
        for (TopicPartition partition : archive) {
          Map<String, byte[]> encoded = states.of(partition.partition());
          long goesOn = next.getOrDefault(partition, 0L);
          Map<String, States.Last> last = states.last(partition.partition(), encoded, goesOn);
          note(partition.partition(), encoded, last);
          notFound.removeAll(last.keySet());
          last.entrySet().stream()
              .filter(
                  item -> selection.items().isEmpty() || selection.items().contains(item.getKey()))
              .mapToLong(item -> item.getValue().offset())
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

  static LandfallException unknown(Set<String> items) {
    return LandfallException.usage(
        "--items: nothing was ever shaped of %s. `producer status` tells the keys of those that wait; of the others, ask the table."
            .formatted(String.join(", ", new TreeSet<>(items))));
  }

  /** Whether anything was ever shaped. */
  boolean hasStates() throws InterruptedException {
    try {
      return admin.listTopics().names().get().contains(States.changelog(topics));
    } catch (ExecutionException e) {
      throw ShapeRun.unanswered(e);
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
      throw ShapeRun.unanswered(e);
    }
  }

  /**
   * States from before shape noted offsets get theirs, in one transaction, before anything is read
   * again: without it, old answers would come back as new revisions. Kafka Streams finds them in
   * its changelog when it starts.
   */
  private void note(int partition, Map<String, byte[]> encoded, Map<String, States.Last> last) {
    Map<String, byte[]> noted = new HashMap<>();
    last.forEach(
        (item, answers) -> {
          byte[] state = encoded.get(item);
          if (!answers.noted() && state != null) {
            noted.put(item, noted(States.decode(item, state), answers.offset()));
          }
        });
    if (noted.isEmpty()) {
      return;
    }
    Map<String, Object> settings = new HashMap<>(connection);
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, group + "-rewind");
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
    try (Producer<String, byte[]> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      noted.forEach(
          (item, state) -> {
            // Its failure comes with the commit.
            var unused =
                producer.send(
                    new ProducerRecord<>(States.changelog(topics), partition, item, state));
          });
      producer.commitTransaction();
    }
  }

  private static byte[] noted(RowsInForce state, long offset) {
    return States.FORMAT.encode(
        new RowsInForce(state.getRevision(), state.getColumns(), state.getRows(), offset));
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
      throw ShapeRun.unanswered(e);
    }
  }
}
