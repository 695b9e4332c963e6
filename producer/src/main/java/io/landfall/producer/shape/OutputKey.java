package io.landfall.producer.shape;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;

/**
 * The key of what shape writes. Its text is what stands in the topic; the partition is the item's,
 * so that all that there is of an item lies in one, in the order of its revisions.
 *
 * @param item the item's key
 */
record OutputKey(String item, String text) {

  static Serializer<OutputKey> serializer() {
    return (topic, key) -> key.text().getBytes(UTF_8);
  }

  /** The partition that a Kafka producer gives a record whose key is the item's. */
  static Optional<Set<Integer>> partition(
      String topic, OutputKey key, byte[] value, int partitions) {
    return Optional.of(Set.of(partition(key.item(), partitions)));
  }

  static int partition(String item, int partitions) {
    return Utils.toPositive(Utils.murmur2(item.getBytes(UTF_8))) % partitions;
  }
}
