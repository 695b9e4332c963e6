package io.landfall.producer.shape;

import io.landfall.schemas.RowsInForce;
import io.landfall.schemas.SingleObjectFormat;
import io.landfall.schemas.SingleObjectFormat.Undecodable;
import io.landfall.schemas.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/**
 * What shape's state store holds, as its changelog topic tells it while no shape runs. A partition
 * of it is the state of the archive's partition with the same number.
 */
final class States {

  static final SingleObjectFormat<RowsInForce> FORMAT = SingleObjectFormat.of(RowsInForce.class);

  private final Topics topics;
  private final CommittedRecords records;

  States(Topics topics, CommittedRecords records) {
    this.topics = topics;
    this.records = records;
  }

  /** Those of one partition by item, encoded: rows in force take far more memory as objects. */
  Map<String, byte[]> of(int partition) {
    Map<String, byte[]> states = new HashMap<>();
    records.read(
        new TopicPartition(new StateTopic(topics).name(), partition),
        message -> {
          if (message.value() == null || message.key().startsWith("_")) {
            // What is not an item's, as no item's key begins like this.
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

  /** Where the answers stand that an item was shaped from last; empty in another archive. */
  static OptionalLong place(RowsInForce state, String archive) {
    return isOf(archive, state) ? OptionalLong.of(state.getOffset()) : OptionalLong.empty();
  }

  /** Whether a state was made from this archive. One of an older release does not say: it was. */
  static boolean isOf(String archive, RowsInForce state) {
    return state.getArchive().isEmpty() || state.getArchive().equals(archive);
  }
}
