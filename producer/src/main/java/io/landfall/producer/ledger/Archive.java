package io.landfall.producer.ledger;

import io.landfall.schemas.AnswerNotInForce;
import io.landfall.schemas.ApiAnswer;
import io.landfall.schemas.ArchivePosition;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.SingleObjectFormat;
import io.landfall.schemas.SingleObjectFormat.Undecodable;
import io.landfall.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads single records of the archive. Safe for use by several threads. */
final class Archive implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Archive.class);

  private static final SingleObjectFormat<ItemAnswers> ANSWERS =
      SingleObjectFormat.of(ItemAnswers.class);

  /** A record that is there comes within a request's time. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Map<String, Object> settings;
  private final Topic topic;
  private final Map<Integer, Range> ranges = new HashMap<>();
  private @Nullable Consumer<String, byte[]> consumer;

  /** From a partition's first offset to behind its last, when that was first asked. */
  private record Range(long beginning, long end) {
    boolean holds(long offset) {
      return offset >= beginning && offset < end;
    }
  }

  /**
   * @param connection Kafka client settings
   */
  Archive(Map<String, Object> connection, Topic topic) {
    this.settings = new HashMap<>(connection);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    this.topic = topic;
  }

  /** What stands there, if that is the item's; what else stands there is another archive's. */
  synchronized Optional<ItemAnswers> read(String key, ArchivePosition position) {
    Optional<ItemAnswers> found = part(key, position).flatMap(first -> whole(key, position, first));
    if (found.isEmpty()) {
      LOG.atWarn()
          .addKeyValue("item", key)
          .addKeyValue("partition", position.getPartition())
          .addKeyValue("offset", position.getOffset())
          .log("The archive does not have what the ledger says that it has");
    }
    return found;
  }

  private Optional<ItemAnswers> part(String key, ArchivePosition position) {
    return record(position)
        .filter(message -> key.equals(message.key()) && message.value() != null)
        .flatMap(Archive::decoded);
  }

  /** With the answers of the parts that stand behind the first, if there are such. */
  private Optional<ItemAnswers> whole(String key, ArchivePosition position, ItemAnswers first) {
    if (first.getParts() == 1) {
      return Optional.of(first);
    }
    List<ApiAnswer> answers = new ArrayList<>(first.getAnswers());
    List<AnswerNotInForce> notInForce = new ArrayList<>(first.getNotInForce());
    for (int number = 2; number <= first.getParts(); number++) {
      ArchivePosition next =
          new ArchivePosition(position.getPartition(), position.getOffset() + number - 1);
      int expected = number;
      Optional<ItemAnswers> part = part(key, next).filter(one -> one.getPart() == expected);
      if (part.isEmpty()) {
        return Optional.empty();
      }
      answers.addAll(part.get().getAnswers());
      notInForce.addAll(part.get().getNotInForce());
    }
    return Optional.of(
        ItemAnswers.newBuilder(first)
            .setAnswers(answers)
            .setNotInForce(notInForce)
            .setPart(1)
            .setParts(1)
            .build());
  }

  private Optional<ConsumerRecord<String, byte[]>> record(ArchivePosition position) {
    TopicPartition partition = new TopicPartition(topic.name(), position.getPartition());
    try {
      Consumer<String, byte[]> open = open();
      open.assign(List.of(partition));
      open.seek(partition, position.getOffset());
      return open.poll(PATIENCE).records(partition).stream()
          .filter(message -> message.offset() == position.getOffset())
          .findFirst();
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      // Whatever stands in the way, one item's answers are not worth the others.
      LOG.atWarn().addKeyValue("reason", e.getMessage()).log("The archive cannot be read");
      return Optional.empty();
    }
  }

  private Consumer<String, byte[]> open() {
    if (consumer == null) {
      consumer =
          new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }
    return consumer;
  }

  /** Whether the archive still reaches to a position, without reading what stands there. */
  synchronized boolean reaches(ArchivePosition position) {
    try {
      readRanges();
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      LOG.atWarn().addKeyValue("reason", e.getMessage()).log("The archive cannot be read");
      return true; // What is not known to be lost is not fetched again.
    }
    Range range = ranges.get(position.getPartition());
    return range != null && range.holds(position.getOffset());
  }

  private void readRanges() {
    if (ranges.isEmpty()) {
      List<TopicPartition> all =
          IntStream.range(0, topic.partitions())
              .mapToObj(partition -> new TopicPartition(topic.name(), partition))
              .toList();
      Map<TopicPartition, Long> beginnings = open().beginningOffsets(all);
      Map<TopicPartition, Long> ends = open().endOffsets(all);
      all.forEach(
          one ->
              ranges.put(
                  one.partition(),
                  new Range(beginnings.getOrDefault(one, 0L), ends.getOrDefault(one, 0L))));
    }
  }

  private static Optional<ItemAnswers> decoded(ConsumerRecord<String, byte[]> message) {
    try {
      return Optional.of(ANSWERS.decode(message.value()));
    } catch (Undecodable e) {
      return Optional.empty();
    }
  }

  @Override
  public synchronized void close() {
    if (consumer != null) {
      consumer.close();
      consumer = null;
    }
  }
}
