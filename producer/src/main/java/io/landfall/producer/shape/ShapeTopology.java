package io.landfall.producer.shape;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.landfall.schemas.Topics;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * responses → shape (with the rows in force as its state) → landing, manifests, dead letters.
 * Values are bytes, so that what cannot be decoded is a dead letter and not a crash.
 */
public final class ShapeTopology {

  /** Name of the state store: gameId → {@code GameState}. */
  public static final String STATE_STORE = "game-state";

  static final String LANDING = "landing";
  static final String MANIFESTS = "manifests";
  static final String DEAD_LETTERS = "dead-letters";

  private static final String RESPONSES = "responses";
  private static final String SHAPE = "shape";

  private ShapeTopology() {}

  /** Builds it; counts are kept up to date while it runs. */
  public static Topology of(Shaper shaper, ShapeCounts counts, Clock clock) {
    Deserializer<String> textIn = Serdes.String().deserializer();
    Deserializer<byte[]> bytesIn = Serdes.ByteArray().deserializer();
    Serializer<String> textOut = Serdes.String().serializer();
    Serializer<byte[]> bytesOut = Serdes.ByteArray().serializer();
    return new Topology()
        .addSource(RESPONSES, textIn, bytesIn, Topics.GAME_RESPONSES.name())
        .addProcessor(SHAPE, () -> new ShapeProcessor(shaper, counts, clock), RESPONSES)
        .addStateStore(states(), SHAPE)
        .addSink(
            LANDING,
            Topics.PLAYER_GAME_STATS.name(),
            textOut,
            bytesOut,
            ShapeTopology::byGame,
            SHAPE)
        .addSink(MANIFESTS, Topics.MANIFESTS.name(), textOut, bytesOut, SHAPE)
        .addSink(DEAD_LETTERS, Topics.DEAD_LETTERS.name(), textOut, bytesOut, SHAPE);
  }

  private static StoreBuilder<KeyValueStore<String, byte[]>> states() {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(STATE_STORE), Serdes.String(), Serdes.ByteArray())
        .withLoggingEnabled(Map.of());
  }

  /** All rows of a game lie in one partition, in the order of their revisions. */
  private static Optional<Set<Integer>> byGame(
      String topic, String rowKey, byte[] row, int partitions) {
    byte[] gameId = rowKey.substring(0, rowKey.indexOf('/')).getBytes(UTF_8);
    return Optional.of(Set.of(Utils.toPositive(Utils.murmur2(gameId)) % partitions));
  }
}
