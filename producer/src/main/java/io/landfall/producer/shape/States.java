package io.landfall.producer.shape;

import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.RowsInForce;
import io.landfall.schemas.SingleObjectFormat;
import io.landfall.schemas.SingleObjectFormat.Undecodable;
import io.landfall.schemas.Topics;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What shape's state store holds, as its changelog topic tells it while no shape runs. A partition
 * of it is the state of the archive's partition with the same number.
 */
final class States {

  /**
   * Where the answers stand that an item was shaped from last.
   *
   * @param noted whether its state says so
   */
  record Last(long offset, boolean noted) {}

  static final SingleObjectFormat<RowsInForce> FORMAT = SingleObjectFormat.of(RowsInForce.class);

  private static final SingleObjectFormat<ItemAnswers> ANSWERS =
      SingleObjectFormat.of(ItemAnswers.class);

  private final Topics topics;
  private final CommittedRecords records;

  States(Topics topics, CommittedRecords records) {
    this.topics = topics;
    this.records = records;
  }

  /** The topic that Kafka Streams keeps them in. */
  static String changelog(Topics topics) {
    return "%s-%s-changelog".formatted(topics.member("shape"), ShapeTopology.STATE_STORE);
  }

  /** Those of one partition by item, encoded: rows in force take far more memory as objects. */
  Map<String, byte[]> of(int partition) {
    Map<String, byte[]> states = new HashMap<>();
    records.read(
        new TopicPartition(changelog(topics), partition),
        message -> {
          if (message.value() == null) {
            states.remove(message.key());
          } else {
            states.put(message.key(), message.value());
          }
        });
    return states;
  }

  static RowsInForce decode(String item, byte[] state) {
    try {
      return FORMAT.decode(state);
    } catch (Undecodable e) {
      throw new IllegalStateException(
          "The state of item %s cannot be read, and without it nobody knows its rows: %s"
              .formatted(item, e.getMessage()),
          e);
    }
  }

  /**
   * Where the answers stand that each item of a partition was shaped from last. Where its state
   * does not say so, because a program from before that had put it there, that is at its last
   * answers among those that were shaped.
   *
   * @param next the offset that shape goes on from
   */
  Map<String, Last> last(int partition, Map<String, byte[]> states, long next) {
    Map<String, Last> last = new HashMap<>();
    Set<String> notNoted = new HashSet<>();
    states.forEach(
        (item, state) -> {
          long offset = decode(item, state).getShapedOffset();
          if (offset >= 0) {
            last.put(item, new Last(offset, true));
          } else {
            notNoted.add(item);
          }
        });
    if (!notNoted.isEmpty()) {
      records.read(
          new TopicPartition(topics.answers().name(), partition),
          message -> {
            if (message.offset() < next && notNoted.contains(message.key()) && isUsable(message)) {
              last.put(message.key(), new Last(message.offset(), false));
            }
          });
    }
    return last;
  }

  private static boolean isUsable(ConsumerRecord<String, byte[]> message) {
    try {
      return message.value() != null
          && ANSWERS.decode(message.value()).getItem().getKey().equals(message.key());
    } catch (Undecodable e) {
      return false;
    }
  }
}
