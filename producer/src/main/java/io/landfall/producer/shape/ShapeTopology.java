package io.landfall.producer.shape;

import io.landfall.producer.source.Derivation;
import io.landfall.producer.source.RecordShaper;
import io.landfall.producer.source.Shaper;
import io.landfall.schemas.Item;
import io.landfall.schemas.Topic;
import io.landfall.schemas.Topics;
import java.time.Clock;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * answers → shape (with the rows in force as its state) → landing, manifests, dead letters. Keys
 * and values are bytes, so that what cannot be decoded is a dead letter and not a crash.
 */
public final class ShapeTopology {

  /**
   * Name of the state store: the item's key → {@code RowsInForce}; where rows are each for
   * themselves, as {@link RecordStates} says.
   */
  public static final String STATE_STORE = "rows-in-force";

  static final String LANDING = "landing";
  static final String MANIFESTS = "manifests";
  static final String DEAD_LETTERS = "dead-letters";

  private static final String ANSWERS = "answers";
  private static final String SHAPE = "shape";

  private ShapeTopology() {}

  /**
   * Builds it; counts are kept up to date while it runs.
   *
   * @param archive the id of the topic of answers
   */
  public static Topology of(
      Topics topics, String archive, Derivation shaper, ShapeCounts counts, Clock clock) {
    return of(topics, archive, shaper, item -> false, counts, clock);
  }

  /**
   * Builds it to read the archive again.
   *
   * @param archive the id of the topic of answers
   * @param deriveAgain of which items answers are derived again that were shaped before
   */
  static Topology of(
      Topics topics,
      String archive,
      Derivation shaper,
      Predicate<Item> deriveAgain,
      ShapeCounts counts,
      Clock clock) {
    Deserializer<byte[]> bytesIn = Serdes.ByteArray().deserializer();
    Topology topology =
        new Topology()
            .addSource(
                AutoOffsetReset.earliest(),
                ANSWERS,
                ShapeTopology::timestamp,
                bytesIn,
                bytesIn,
                topics.answers().name())
            .addProcessor(
                SHAPE,
                () -> processor(topics, archive, shaper, deriveAgain, counts, clock),
                ANSWERS)
            .addStateStore(states(new StateTopic(topics)), SHAPE);
    sink(topology, LANDING, topics.landing());
    sink(topology, MANIFESTS, topics.manifests());
    sink(topology, DEAD_LETTERS, topics.deadLetters());
    return topology;
  }

  private static Processor<byte[], byte[], OutputKey, byte[]> processor(
      Topics topics,
      String archive,
      Derivation derivation,
      Predicate<Item> deriveAgain,
      ShapeCounts counts,
      Clock clock) {
    return derivation instanceof RecordShaper ofRecords
        ? new RecordProcessor(topics.dataset(), archive, ofRecords, deriveAgain, counts, clock)
        : new ShapeProcessor(
            topics.dataset(), archive, (Shaper) derivation, deriveAgain, counts, clock);
  }

  /** Kafka Streams stops for ever at a record without a timestamp, which any client may write. */
  static long timestamp(ConsumerRecord<Object, Object> record, long partitionTime) {
    return record.timestamp() < 0 ? Math.max(0, partitionTime) : record.timestamp();
  }

  private static void sink(Topology topology, String name, Topic topic) {
    topology.addSink(
        name,
        topic.name(),
        OutputKey.serializer(),
        Serdes.ByteArray().serializer(),
        OutputKey::partition,
        SHAPE);
  }

  private static StoreBuilder<KeyValueStore<String, byte[]>> states(StateTopic topic) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(STATE_STORE), Serdes.String(), Serdes.ByteArray())
        .withLoggingEnabled(topic.settings());
  }
}
