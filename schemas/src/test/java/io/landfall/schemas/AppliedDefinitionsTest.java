package io.landfall.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.schemas.nhl.NhlDatasets;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

/** What a definition that is applied says of its datasets, and what it remembers. */
class AppliedDefinitionsTest {

  private static final Instant NOW = Instant.parse("2026-11-27T02:00:00Z");
  private static final Schema FIRST = schema("mag");
  private static final Schema SECOND = schema("mag", "felt");
  private static final Schema THIRD = schema("mag", "felt", "place");

  private static Schema schema(String... columns) {
    var fields = SchemaBuilder.record("Earthquakes").namespace("usgs").fields();
    fields.requiredString("id");
    for (String column : columns) {
      fields.optionalString(column);
    }
    return fields.endRecord();
  }

  private static Dataset earthquakes(Schema schema) {
    return Dataset.defined(
        "usgs",
        "USGS",
        "past-earthquakes",
        SchemaHistory.of(List.of(schema)),
        List.of("id"),
        List.of("mag"),
        List.of());
  }

  private static Definition applied(Optional<Definition> before, Schema schema) {
    return AppliedDefinitions.following(
        before, "usgs", "source: usgs\n", NOW, List.of(earthquakes(schema)));
  }

  @Test
  void aDatasetComesBackAsItWas() throws Exception {
    SingleObjectFormat<Definition> format = SingleObjectFormat.of(Definition.class);
    Definition read = format.decode(format.encode(applied(Optional.empty(), FIRST)));

    assertThat(AppliedDefinitions.datasets(read)).containsExactly(earthquakes(FIRST));
    assertThat(read.getHash()).matches("[0-9a-f]{64}");
    assertThat(read.getDatasets().get(0).getTopic()).isEqualTo("usgs.past-earthquakes.v1");
  }

  @Test
  void noSchemaIsForgotten() {
    Definition first = applied(Optional.empty(), FIRST);
    Definition second = applied(Optional.of(first), SECOND);
    Definition third = applied(Optional.of(second), THIRD);
    Definition back = applied(Optional.of(third), FIRST);

    assertThat(versions(third)).containsExactly(FIRST, SECOND, THIRD);
    assertThat(versions(back)).containsExactly(SECOND, THIRD, FIRST);
    assertThat(AppliedDefinitions.datasets(back).get(0).schema()).isEqualTo(FIRST);
  }

  /** Both follow the first, and the one that is written last knows nothing of the other. */
  @Test
  void ofTwoThatAreAppliedAtTheSameTimeNoSchemaIsForgotten() {
    Definition first = applied(Optional.empty(), FIRST);
    Definition one = applied(Optional.of(first), SECOND);
    Definition other = applied(Optional.of(first), THIRD);
    Definition read = AppliedDefinitions.after(AppliedDefinitions.after(first, one), other);

    assertThat(versions(read)).containsExactlyInAnyOrder(FIRST, SECOND, THIRD);
    assertThat(AppliedDefinitions.datasets(read).get(0).schema()).isEqualTo(THIRD);
    assertThat(AppliedDefinitions.after(first, one)).isEqualTo(one);
  }

  private static List<Schema> versions(Definition definition) {
    return AppliedDefinitions.datasets(definition).get(0).history().versions();
  }

  @Test
  void aResourceThatIsTakenOutCanStillBeRead() {
    Definition first = applied(Optional.empty(), FIRST);
    Definition none =
        AppliedDefinitions.following(Optional.of(first), "usgs", "source: usgs", NOW, List.of());
    assertThat(AppliedDefinitions.datasets(none)).containsExactly(earthquakes(FIRST));
  }

  @Test
  void rowsOfEachOfItsSchemasAreReadAsTheNewest() throws Exception {
    Dataset old = earthquakes(FIRST);
    GenericRecord row = new GenericData.Record(FIRST);
    row.put("id", "us7000abcd");
    row.put("mag", "6.1");
    Dataset now =
        AppliedDefinitions.datasets(applied(Optional.of(applied(Optional.empty(), FIRST)), SECOND))
            .get(0);

    GenericRecord read = new RowFormat(now).decode(new RowFormat(old).encode(row));

    assertThat(read.getSchema()).isEqualTo(SECOND);
    assertThat(read.get("mag")).hasToString("6.1");
    assertThat(read.get("felt")).isNull();
  }

  @Test
  void namesAreMadeOfSourceAndResource() {
    Dataset dataset = earthquakes(FIRST).withTopicPrefix("dev.");
    assertThat(dataset.name()).isEqualTo("usgs_past_earthquakes");
    assertThat(dataset.title()).isEqualTo("usgs.past-earthquakes");
    assertThat(dataset.landing().name()).isEqualTo("dev.usgs.past-earthquakes.v1");
    assertThat(dataset.topics().shape()).isEqualTo("dev.landfall-usgs-shape-past-earthquakes");
    assertThat(dataset.topics().all()).allMatch(topic -> topic.partitions() == 1);
    assertThat(NhlDatasets.PLAYER_GAME_STATS.topics().shape()).isEqualTo("landfall-nhl-shape");
    assertThat(NhlDatasets.PLAYER_GAME_STATS.title()).isEqualTo("player_game_stats");
    assertThat(AppliedDefinitions.topic("dev.").name()).isEqualTo("dev.landfall.definitions.v1");
  }

  @Test
  void rightsOnDefinitionsAreNeededOnlyWhereThereAreSome() {
    assertThat(Access.needed("consumer", "run", earthquakes(FIRST).topics()))
        .anyMatch(right -> right.pattern().name().equals("landfall.definitions.v1"));
    assertThat(Access.needed("consumer", "run", NhlDatasets.PLAYER_GAME_STATS.topics()))
        .noneMatch(right -> right.pattern().name().equals("landfall.definitions.v1"));
  }

  @Test
  void aHistoryIsSentToOtherProcesses() throws Exception {
    SchemaHistory history = SchemaHistory.of(List.of(FIRST, SECOND));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(history);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(history);
    }
    assertThatThrownBy(() -> SchemaHistory.of(List.of())).hasMessageContaining("one record type");
  }
}
