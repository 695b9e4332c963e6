package io.landfall.producer.shape;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.landfall.producer.nhl.stats.Games;
import io.landfall.producer.nhl.stats.NhlItem;
import io.landfall.producer.source.Shaped;
import io.landfall.producer.source.Shaper;
import io.landfall.schemas.ApiAnswer;
import io.landfall.schemas.DeadLetter;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.Manifest;
import io.landfall.schemas.SingleObjectFormat;
import io.landfall.schemas.SingleObjectFormat.Undecodable;
import io.landfall.schemas.Topics;
import io.landfall.schemas.nhl.NhlDatasets;
import io.landfall.schemas.nhl.PlayerGameStats;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * One partition of the archive, and what shape makes of it: all that Kafka keeps of it in one
 * transaction is kept, or none of it.
 */
final class ArchiveInMemory {

  static final Topics TOPICS = NhlDatasets.PLAYER_GAME_STATS.topics();

  static final Instant FETCHED = Instant.parse("2024-10-10T14:00:00Z");
  private static final LocalDate FIRST = LocalDate.parse("2024-10-09");

  private static final SingleObjectFormat<ItemAnswers> ANSWERS =
      SingleObjectFormat.of(ItemAnswers.class);
  private static final SingleObjectFormat<Manifest> MANIFESTS =
      SingleObjectFormat.of(Manifest.class);
  private static final SingleObjectFormat<DeadLetter> DEAD_LETTERS =
      SingleObjectFormat.of(DeadLetter.class);

  /** A body "A=1,B=2" is a row for each player, with his goals times a factor. */
  record Goals(int factor) implements Shaper {
    @Override
    public String version() {
      return "times " + factor;
    }

    @Override
    public Shaped shape(ItemAnswers game) {
      String text = new String(game.getAnswers().get(0).getBody().array(), UTF_8);
      if (text.isEmpty()) {
        return new Shaped.Waiting("plays");
      }
      return text.startsWith("!")
          ? new Shaped.Unusable(text)
          : new Shaped.Rows(
              "plays", Arrays.stream(text.split(",")).map(row -> row(game, row)).toList());
    }

    private GenericRecord row(ItemAnswers game, String playerAndGoals) {
      String[] parts = playerAndGoals.split("=", 2);
      GenericRecord row = new GenericData.Record(PlayerGameStats.getClassSchema());
      row.put("playerId", parts[0]);
      row.put("gameId", NhlItem.gameId(game.getItem()));
      row.put("situation", "all");
      row.put("playerTeam", "BUF");
      row.put("season", 20242025);
      row.put("I_F_goals", factor * Integer.parseInt(parts[1]));
      row.put("_coverage", "plays");
      return row;
    }
  }

  /** A record of the archive. */
  record Archived(int game, String body, Instant fetchedAt) {

    Archived(int game, String body) {
      this(game, body, FETCHED);
    }

    /** A game a day. */
    Item item() {
      return Games.of(game, FIRST.plusDays(game), 2, "OFF", "BUF", "NJD");
    }
  }

  final List<Archived> archive = new ArrayList<>();
  final Map<String, byte[]> states = new HashMap<>();
  final List<GenericRecord> landing = new ArrayList<>();
  final List<Manifest> manifests = new ArrayList<>();
  final List<DeadLetter> deadLetters = new ArrayList<>();

  /** The group's position. */
  int next;

  /** Of its topic. */
  String id = "the first";

  ShapeCounts counts = new ShapeCounts();

  void add(int game, String body) {
    archive.add(new Archived(game, body));
  }

  /** A shape that goes on to the end, and commits all of it. */
  void shape(Shaper shaper) {
    shape(shaper, item -> false, archive.size() - next, true);
  }

  void reshape(Shaper shaper, Selection selection) {
    next = 0;
    shape(shaper, selection::includes, archive.size(), true);
  }

  /**
   * A shape that ends after some records.
   *
   * @param committed or killed before what it did since its start was committed
   */
  void shape(Shaper shaper, Predicate<Item> again, int records, boolean committed) {
    counts = new ShapeCounts();
    MockProcessorContext<OutputKey, byte[]> context = new MockProcessorContext<>();
    KeyValueStore<String, byte[]> store =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(ShapeTopology.STATE_STORE),
                Serdes.String(),
                Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    store.init(context.getStateStoreContext(), store);
    context.addStateStore(store);
    states.forEach(store::put);
    ShapeProcessor processor =
        new ShapeProcessor(TOPICS.dataset(), id, shaper, again, counts, Clock.systemUTC());
    processor.init(context);
    int end = Math.min(archive.size(), next + records);
    for (int offset = next; offset < end; offset++) {
      context.setRecordMetadata(TOPICS.answers().name(), 0, offset);
      Archived record = archive.get(offset);
      processor.process(
          new Record<>(
              record.item().getKey().getBytes(UTF_8),
              encoded(record),
              record.fetchedAt().toEpochMilli()));
    }
    if (committed) {
      next = end;
      store.all().forEachRemaining(state -> states.put(state.key, state.value));
      context.forwarded().forEach(this::keep);
    }
    store.close();
  }

  private void keep(
      MockProcessorContext.CapturedForward<? extends OutputKey, ? extends byte[]> forwarded) {
    byte[] value = forwarded.record().value();
    try {
      switch (forwarded.childName().orElseThrow()) {
        case ShapeTopology.LANDING ->
            landing.add(SingleObjectFormat.generic(PlayerGameStats.getClassSchema()).decode(value));
        case ShapeTopology.MANIFESTS -> manifests.add(MANIFESTS.decode(value));
        default -> deadLetters.add(DEAD_LETTERS.decode(value));
      }
    } catch (Undecodable e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] encoded(Archived record) {
    if (record.body().equals("?")) {
      return new byte[] {1, 2, 3};
    }
    return ANSWERS.encode(answers(record));
  }

  static ItemAnswers answers(Archived record) {
    ApiAnswer answer =
        new ApiAnswer(
            "play-by-play",
            "http://x",
            200,
            "application/json",
            record.fetchedAt(),
            "ab",
            ByteBuffer.wrap(record.body().getBytes(UTF_8)));
    return new ItemAnswers(
        record.item(), record.fetchedAt(), List.of(answer), List.of(), null, true, 1, 1);
  }

  /** What was emitted, one row each, and nothing of it afterwards. */
  List<String> emitted() {
    List<String> emitted =
        landing.stream()
            .map(
                row ->
                    "%s/%s %s goals %s revision %s"
                        .formatted(
                            row.get("playerId"),
                            row.get("gameId"),
                            row.get("_operation"),
                            row.get("I_F_goals"),
                            row.get("_revision")))
            .toList();
    landing.clear();
    return emitted;
  }
}
