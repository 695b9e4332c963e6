package io.landfall.producer.shape;

import static io.landfall.producer.record.Resources.field;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.producer.definition.ApiDefinition;
import io.landfall.producer.definition.Auth;
import io.landfall.producer.definition.FieldDefinition.Kind;
import io.landfall.producer.definition.ResourceDefinition;
import io.landfall.producer.record.ResourceShaper;
import io.landfall.producer.record.Resources;
import io.landfall.producer.source.RecordShaper;
import io.landfall.schemas.ApiAnswer;
import io.landfall.schemas.ContentHash;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.DeadLetter;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.ItemState;
import io.landfall.schemas.Manifest;
import io.landfall.schemas.RowFormat;
import io.landfall.schemas.SchemaHistory;
import io.landfall.schemas.SingleObjectFormat;
import io.landfall.schemas.SingleObjectFormat.Undecodable;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** An archive of looks at things, and what shape makes of it: all of a transaction, or none. */
final class RecordsInMemory {

  static final Instant START = Instant.parse("2025-01-01T00:00:00Z");

  private static final SingleObjectFormat<ItemAnswers> ANSWERS =
      SingleObjectFormat.of(ItemAnswers.class);
  private static final SingleObjectFormat<Manifest> MANIFESTS =
      SingleObjectFormat.of(Manifest.class);
  private static final SingleObjectFormat<DeadLetter> DEAD_LETTERS =
      SingleObjectFormat.of(DeadLetter.class);

  private static final ApiDefinition API =
      new ApiDefinition(
          URI.create("https://things.example"),
          Map.of(),
          new Auth.None(),
          Map.of(),
          Optional.empty(),
          1,
          Duration.ofSeconds(60),
          Optional.empty(),
          Map.of());

  static final ResourceDefinition THINGS =
      Resources.things(List.of("id"), field("id", Kind.LONG), field("v", Kind.INT));

  final ResourceDefinition resource;
  final Dataset dataset;
  private final RowFormat format;

  final List<ItemAnswers> archive = new ArrayList<>();
  final Map<String, byte[]> states = new HashMap<>();
  final List<GenericRecord> landing = new ArrayList<>();
  final List<Manifest> manifests = new ArrayList<>();
  final List<DeadLetter> deadLetters = new ArrayList<>();

  /** The group's position. */
  int next;

  /** Of the archive's topic. */
  String id = "the first";

  /** How far the offsets of this archive are from the places of its records. */
  int moved;

  private int told;

  RecordsInMemory() {
    this(THINGS);
  }

  RecordsInMemory(ResourceDefinition resource) {
    this.resource = resource;
    Schema schema = Resources.schema(resource);
    this.dataset =
        Dataset.defined(
            "test",
            "test",
            "things",
            SchemaHistory.of(List.of(schema)),
            resource.key(),
            List.of(),
            List.of());
    this.format = new RowFormat(dataset);
  }

  RecordShaper shaper() {
    return new ResourceShaper(API, resource, dataset.schema(), "one");
  }

  static Item item(String key) {
    String kind =
        key.startsWith("things/changes")
            ? "changes"
            : key.equals("things/whole") ? "whole" : "windows";
    return new Item(
        key,
        LocalDate.of(2025, 1, 1),
        LocalDate.of(2025, 1, 1),
        key,
        ItemState.AVAILABLE,
        Map.of("resource", key.substring(0, key.indexOf('/')), "kind", kind));
  }

  /** A look that was asked for at a minute, in so many parts. */
  void look(String item, int minute, boolean complete, String... parts) {
    Instant askedAt = START.plusSeconds(60L * minute);
    for (int part = 1; part <= parts.length; part++) {
      ApiAnswer answer =
          new ApiAnswer(
              "page-" + part,
              "https://things.example",
              200,
              "application/json",
              askedAt.plusSeconds(part),
              "5ha",
              ByteBuffer.wrap(parts[part - 1].getBytes(UTF_8)));
      archive.add(
          ItemAnswers.newBuilder()
              .setItem(item(item))
              .setFetchedAt(askedAt.plusSeconds(10))
              .setAnswers(List.of(answer))
              .setNotInForce(List.of())
              .setAskedAt(askedAt)
              .setComplete(complete)
              .setPart(part)
              .setParts(parts.length)
              .build());
    }
  }

  void shape() {
    shape(item -> false, archive.size() - next, true);
  }

  void shape(Predicate<Item> again, int records, boolean committed) {
    shape(shaper(), again, records, committed);
  }

  void shape(RecordShaper shaper, Predicate<Item> again, int records, boolean committed) {
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
    RecordProcessor processor =
        new RecordProcessor(dataset, id, shaper, again, new ShapeCounts(), Clock.systemUTC());
    processor.init(context);
    int end = Math.min(archive.size(), next + records);
    for (int offset = next; offset < end; offset++) {
      context.setRecordMetadata(dataset.topics().answers().name(), 0, offset + moved);
      ItemAnswers answers = archive.get(offset);
      processor.process(
          new Record<>(
              answers.getItem().getKey().getBytes(UTF_8),
              ANSWERS.encode(answers),
              answers.getFetchedAt().toEpochMilli()));
    }
    if (committed) {
      next = end;
      states.clear();
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
        case ShapeTopology.LANDING -> landing.add(format.decode(value));
        case ShapeTopology.MANIFESTS -> manifests.add(MANIFESTS.decode(value));
        default -> deadLetters.add(DEAD_LETTERS.decode(value));
      }
    } catch (Undecodable e) {
      throw new AssertionError(e);
    }
  }

  /** What was emitted since it was asked for last. */
  List<String> emitted() {
    List<String> emitted =
        landing.subList(told, landing.size()).stream()
            .map(
                row ->
                    "%s %s v %s revision %s"
                        .formatted(
                            row.get("id"),
                            row.get("_operation"),
                            row.get("v"),
                            row.get("_revision")))
            .toList();
    told = landing.size();
    return emitted;
  }

  /** The rows in force by the landing topic alone; every law of it is checked on the way. */
  Map<Object, GenericRecord> inForce() {
    Map<Object, GenericRecord> inForce = new TreeMap<>();
    Map<Object, Integer> revisions = new HashMap<>();
    for (GenericRecord row : landing) {
      int revision = revisions.merge(row.get("id"), 1, Integer::sum);
      assertThat(row.get("_revision"))
          .as("each revision once, in order: %s", row)
          .isEqualTo(revision);
      if (RowValues.isRetraction(row)) {
        GenericRecord gone = inForce.remove(row.get("id"));
        assertThat(gone).as("what is taken back was in force: %s", row).isNotNull();
        assertThat(row.get("_content_hash")).isEqualTo(gone.get("_content_hash"));
      } else {
        inForce.put(row.get("id"), row);
      }
    }
    assertManifests(inForce);
    return inForce;
  }

  private void assertManifests(Map<Object, GenericRecord> inForce) {
    Map<String, Manifest> last = new HashMap<>();
    Set<String> seen = new HashSet<>();
    int emitted = 0;
    for (Manifest manifest : manifests) {
      last.put(manifest.getItem(), manifest);
      emitted += manifest.getRowsEmitted();
      if (manifest.getRowsEmitted() > 0) {
        assertThat(seen.add(manifest.getItem() + " " + manifest.getRevision())).isTrue();
      }
    }
    assertThat(emitted).isEqualTo(landing.size());
    assertThat(last.values().stream().mapToInt(Manifest::getRowsInForce).sum())
        .isEqualTo(inForce.size());
    ContentHash hash = new ContentHash(dataset.schema());
    assertThat(ContentHash.sum(last.values().stream().map(Manifest::getHashInForce).toList()))
        .isEqualTo(ContentHash.sum(inForce.values().stream().map(hash::of).toList()));
  }
}
