package io.landfall.producer.shape;

import io.landfall.program.Version;
import io.landfall.schemas.DeadLetter;
import io.landfall.schemas.GameResponses;
import io.landfall.schemas.GameState;
import io.landfall.schemas.Manifest;
import io.landfall.schemas.PlayerGameStats;
import io.landfall.schemas.SingleObjectFormat;
import io.landfall.schemas.SingleObjectFormat.Undecodable;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Shapes one game after the other; everything it forwards is committed with its state. */
final class ShapeProcessor implements Processor<String, byte[], String, byte[]> {

  private static final SingleObjectFormat<GameResponses> RESPONSES =
      SingleObjectFormat.of(GameResponses.class);
  private static final SingleObjectFormat<GameState> STATES =
      SingleObjectFormat.of(GameState.class);
  private static final SingleObjectFormat<GenericRecord> ROWS =
      SingleObjectFormat.generic(PlayerGameStats.getClassSchema());
  private static final SingleObjectFormat<Manifest> MANIFESTS =
      SingleObjectFormat.of(Manifest.class);
  private static final SingleObjectFormat<DeadLetter> DEAD_LETTERS =
      SingleObjectFormat.of(DeadLetter.class);

  private final Shaper shaper;
  private final ShapeCounts counts;
  private final Clock clock;
  private final GameRows gameRows;

  @SuppressWarnings("NullAway.Init") // init is Kafka Streams' constructor
  private ProcessorContext<String, byte[]> context;

  @SuppressWarnings("NullAway.Init")
  private KeyValueStore<String, byte[]> states;

  ShapeProcessor(Shaper shaper, ShapeCounts counts, Clock clock) {
    this.shaper = shaper;
    this.counts = counts;
    this.clock = clock;
    this.gameRows = new GameRows(shaper.version());
  }

  @Override
  public void init(ProcessorContext<String, byte[]> newContext) {
    context = newContext;
    states = newContext.getStateStore(ShapeTopology.STATE_STORE);
  }

  @Override
  public void process(Record<String, byte[]> input) {
    try {
      GameResponses responses = RESPONSES.decode(input.value());
      Shaped shaped = shaper.shape(responses);
      if (shaped instanceof Shaped.Rows rows) {
        emit(input, responses, rows);
      } else if (shaped instanceof Shaped.Unusable unusable) {
        bury(input, "UNSHAPEABLE", unusable.reason());
      }
    } catch (Undecodable e) {
      bury(input, "UNDECODABLE", String.valueOf(e.getMessage()));
    }
    counts.read();
  }

  private void emit(Record<String, byte[]> input, GameResponses responses, Shaped.Rows rows) {
    String key = input.key();
    Optional<GameState> before = state(key);
    gameRows
        .change(responses.getGameId(), responses.getFetchedAt(), rows, before)
        .ifPresent(
            change -> {
              change
                  .emitted()
                  .forEach(
                      row -> forward(input, rowKey(row), ROWS.encode(row), ShapeTopology.LANDING));
              states.put(key, STATES.encode(change.state()));
              Manifest manifest =
                  new Manifest(
                      responses.getGameId(),
                      change.state().getRevision(),
                      change.emitted().size(),
                      change.retracted(),
                      change.state().getRows().size(),
                      change.hashInForce(),
                      rows.coverage(),
                      shaper.version(),
                      responses.getFetchedAt());
              forward(input, key, MANIFESTS.encode(manifest), ShapeTopology.MANIFESTS);
              counts.emitted(change.emitted().size());
            });
  }

  private Optional<GameState> state(String key) {
    byte @Nullable [] stored = states.get(key);
    if (stored == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(STATES.decode(stored));
    } catch (Undecodable e) {
      throw new IllegalStateException(
          "The state of game %s cannot be read, and without it its rows would be emitted again: %s"
              .formatted(key, e.getMessage()),
          e);
    }
  }

  private static String rowKey(GenericRecord row) {
    return row.get("gameId") + "/" + row.get("playerId") + "/" + row.get("situation");
  }

  private void forward(Record<String, byte[]> input, String key, byte[] value, String sink) {
    context.forward(new Record<>(key, value, input.timestamp()), sink);
  }

  private void bury(Record<String, byte[]> input, String reason, String detail) {
    RecordMetadata origin =
        context
            .recordMetadata()
            .orElseThrow(() -> new IllegalStateException("A response has a place in its topic"));
    DeadLetter letter =
        new DeadLetter(
            origin.topic(),
            origin.partition(),
            origin.offset(),
            input.key() == null
                ? null
                : ByteBuffer.wrap(input.key().getBytes(java.nio.charset.StandardCharsets.UTF_8)),
            input.value() == null ? null : ByteBuffer.wrap(input.value()),
            reason,
            detail,
            Version.current(),
            clock.instant());
    String key = "%s-%d@%d".formatted(origin.topic(), origin.partition(), origin.offset());
    forward(input, key, DEAD_LETTERS.encode(letter), ShapeTopology.DEAD_LETTERS);
    counts.buried();
  }
}
