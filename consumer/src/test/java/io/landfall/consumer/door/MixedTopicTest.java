package io.landfall.consumer.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.cli.TableLocation.Folder;
import io.landfall.cli.registry.RegistrySettings;
import io.landfall.cli.testing.FakeRegistry;
import io.landfall.consumer.door.fast.FastDoor;
import io.landfall.consumer.door.spark.SparkDoor;
import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.quarantine.Replay;
import io.landfall.consumer.testing.DoorKind;
import io.landfall.consumer.testing.Readings;
import io.landfall.consumer.testing.Records;
import io.landfall.consumer.testing.SharedSpark;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.RowEncoding;
import io.landfall.schemas.RowFormat;
import io.landfall.schemas.SchemaIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Records in single-object encoding and in Confluent's wire format, in one topic. */
class MixedTopicTest {

  private static final SparkSession SPARK = SharedSpark.session();
  private static final Instant BEGAN = Instant.ofEpochSecond(1_700_000_000);
  private static final int FIRST_ID = 7;
  private static final int SECOND_ID = 65_536;

  @TempDir private Path temporary;
  private Path table;
  private FakeRegistry registry;

  @BeforeEach
  void start() throws IOException {
    table = temporary.resolve("readings");
    registry = FakeRegistry.start();
    registry.has(FIRST_ID, RowFormat.schema(Readings.FIRST));
    registry.has(SECOND_ID, RowFormat.schema(Readings.SECOND));
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  private Dataset knowing(Dataset dataset) {
    RegistrySettings settings = new RegistrySettings(registry.url(), "lander", "s3cret");
    return dataset.withEncoding(
        RowEncoding.reading(SchemaIds.of(settings.toString(), settings::schema)));
  }

  private static byte[] confluent(Dataset dataset, int id, int hour) {
    return new RowFormat(dataset.withEncoding(RowEncoding.SINGLE_OBJECT.writing(id)))
        .encode(Readings.reading(dataset.schema(), hour, 1, "UPSERT"));
  }

  private static byte[] singleObject(Dataset dataset, int hour) {
    return Readings.encode(Readings.reading(dataset.schema(), hour, 1, "UPSERT"));
  }

  private Outcome.Committed land(DoorKind kind, Dataset dataset, Path folder, Records records) {
    return land(kind, dataset, folder, records, Set.of());
  }

  private static Outcome.Committed land(
      DoorKind kind, Dataset dataset, Path folder, Records records, Set<String> schemasAside) {
    Door door = kind.to(SPARK, dataset, Folder.of(folder), schemasAside);
    door.open(Readings.TOPIC_ID);
    return (Outcome.Committed)
        door.append(
            records.in(SPARK),
            new Batch(
                Readings.TOPIC_ID,
                new Offsets(Map.of(0, 0L)),
                new Offsets(Map.of(0, 100L)),
                BEGAN));
  }

  private static List<Row> rows(Path folder) {
    return SPARK.sql("SELECT * FROM delta.`%s` ORDER BY _offset".formatted(folder)).collectAsList();
  }

  /** Whichever format and version of the schema: the rows are those of a topic of one format. */
  @ParameterizedTest
  @EnumSource
  void mixedTopicHasTheRowsOfAnyOther(DoorKind kind) {
    Records plain = new Records();
    Records mixed = new Records();
    for (int hour = 0; hour < 24; hour++) {
      Dataset written = hour % 4 < 2 ? Readings.FIRST : Readings.SECOND;
      int id = hour % 4 < 2 ? FIRST_ID : SECOND_ID;
      plain.add(0, hour, singleObject(written, hour));
      mixed.add(
          0, hour, hour % 3 == 0 ? singleObject(written, hour) : confluent(written, id, hour));
    }
    Path other = temporary.resolve("plain");

    land(kind, Readings.SECOND, other, plain);
    Outcome.Committed landed = land(kind, knowing(Readings.SECOND), table, mixed);

    assertThat(landed.rows()).isEqualTo(24);
    assertThat(landed.setAside().isEmpty()).isTrue();
    assertThat(rows(table)).isEqualTo(rows(other));
    assertThat(rows(table).get(1).<String>getAs("_schema_fingerprint"))
        .isEqualTo(
            "%016x".formatted(SchemaNormalization.parsingFingerprint64(Readings.FIRST.schema())));
    assertThat(registry.requests())
        .containsOnly("GET /api/schemas/ids/7", "GET /api/schemas/ids/65536");
  }

  @ParameterizedTest
  @MethodSource(DoorKind.ONE)
  void withoutARegistryNothingIsWrittenAndTheSettingIsNamed(DoorKind kind) throws Exception {
    Records records = new Records();
    records.add(0, 0, singleObject(Readings.FIRST, 0));
    records.add(0, 1, confluent(Readings.FIRST, FIRST_ID, 1));

    assertThatThrownBy(() -> land(kind, Readings.FIRST, table, records))
        .isInstanceOfSatisfying(
            LandfallException.class,
            stop -> assertThat(stop.exitCode()).isEqualTo(ExitCode.REFUSED))
        .hasMessageContainingAll(
            "partition 0, offset 1",
            "schema id 7",
            "no schema registry is set",
            "--schema-registry-url",
            "Nothing of this batch was written",
            "--quarantine-schema id:7");
    assertThat(rows(table)).isEmpty();
    assertThat(Files.exists(temporary.resolve("readings_quarantine/_delta_log"))).isFalse();

    // Somebody who has it goes on from there.
    assertThat(land(kind, knowing(Readings.FIRST), table, records).rows()).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource(DoorKind.ONE)
  void idThatTheRegistryDoesNotHaveStopsUntilSomebodyNamesIt(DoorKind kind) {
    Records records = new Records();
    records.add(0, 0, confluent(Readings.FIRST, FIRST_ID, 0));
    records.add(0, 1, confluent(Readings.FIRST, -9, 1));

    assertThatThrownBy(() -> land(kind, knowing(Readings.FIRST), table, records))
        .isInstanceOf(LandfallException.class)
        .hasMessageContainingAll(
            registry.url().toString(), "no Avro schema with id 4294967287", "id:4294967287");
    Outcome.Committed landed =
        land(kind, knowing(Readings.FIRST), table, records, Set.of("id:4294967287"));

    assertThat(landed.rows()).isEqualTo(1);
    assertThat(landed.setAside().records()).isEqualTo(1);
    Row aside = rows(temporary.resolve("readings_quarantine")).get(0);
    assertThat(aside.<String>getAs("reason")).isEqualTo("UNKNOWN_SCHEMA");
    assertThat(aside.<String>getAs("writer_fingerprint")).isEqualTo("id:4294967287");

    // Another process, and a registry that has it by now: the same record is a row.
    SchemaIds later = SchemaIds.of("later", id -> Optional.of(RowFormat.schema(Readings.FIRST)));
    Dataset knowing = Readings.FIRST.withEncoding(RowEncoding.reading(later));
    assertThat(replay(kind, knowing).landed()).isEqualTo(1);
    assertThat(rows(table)).hasSize(2);
  }

  private Replay.Report replay(DoorKind kind, Dataset dataset) {
    Door door = kind.to(SPARK, dataset, table);
    return door instanceof FastDoor fast
        ? new Replay<>(SPARK, fast, Clock.systemUTC()).run(Optional.empty(), false)
        : new Replay<>(SPARK, (SparkDoor) door, Clock.systemUTC()).run(Optional.empty(), false);
  }

  /** It may be known by its id, and a newer release is needed all the same. */
  @ParameterizedTest
  @MethodSource(DoorKind.ONE)
  void schemaThatOnlyTheRegistryKnowsIsANewerOne(DoorKind kind) {
    Schema newer =
        new Schema.Parser()
            .parse(
                RowFormat.schema(Readings.SECOND)
                    .replaceFirst(
                        "\"fields\":\\[",
                        "\"fields\":[{\"name\":\"rain\",\"type\":[\"null\",\"double\"],\"default\":null},"));
    registry.has(8, newer.toString());
    Records records = new Records();
    records.add(0, 0, confluent(Readings.FIRST, 8, 0));

    assertThatThrownBy(() -> land(kind, knowing(Readings.FIRST), table, records))
        .isInstanceOf(LandfallException.class)
        .hasMessageContainingAll(
            "a record of a newer release",
            "%016x".formatted(SchemaNormalization.parsingFingerprint64(newer)));
  }

  /** Whatever the registry does, it is not the record's fault. */
  @ParameterizedTest
  @MethodSource(DoorKind.ONE)
  void registryThatDoesNotAnswerIsUnavailableAndNothingIsSetAside(DoorKind kind) {
    registry.close();
    Records records = new Records();
    records.add(0, 0, singleObject(Readings.FIRST, 0));
    records.add(0, 1, confluent(Readings.FIRST, FIRST_ID, 1));

    assertThatThrownBy(() -> land(kind, knowing(Readings.FIRST), table, records))
        .satisfies(
            failure ->
                assertThat(failure)
                    .hasStackTraceContaining("schema registry at " + registry.url())
                    .hasStackTraceContaining("LandfallException"));
    assertThat(rows(table)).isEmpty();
    assertThat(Files.exists(temporary.resolve("readings_quarantine/_delta_log"))).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void noRecordOfThisFormatMakesItCrash(DoorKind kind) {
    byte[] good = confluent(Readings.FIRST, FIRST_ID, 1);
    Records records = new Records();
    for (int length = 5; length < good.length; length++) {
      records.add(0, length - 5, Arrays.copyOf(good, length));
    }
    records.add(0, 98, Arrays.copyOf(good, good.length + 1));
    records.add(0, 99, Arrays.copyOf(good, 4));

    Outcome.Committed landed = land(kind, knowing(Readings.FIRST), table, records);

    assertThat(landed.rows()).isZero();
    assertThat(rows(temporary.resolve("readings_quarantine")).stream().map(this::reason))
        .hasSize(good.length - 5 + 2)
        .contains("UNKNOWN_FORMAT")
        .containsOnly("UNDECODABLE", "UNKNOWN_FORMAT");
  }

  private String reason(Row row) {
    return row.getAs("reason");
  }

  /** Spark prints a task's function in its plans. */
  @Test
  void whatATaskIsToldShowsNoPassword() {
    assertThat(Readings.layout(knowing(Readings.FIRST)).toString())
        .contains("lander")
        .doesNotContain("s3cret");
  }
}
