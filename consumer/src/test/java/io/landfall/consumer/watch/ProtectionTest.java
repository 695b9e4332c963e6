package io.landfall.consumer.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.LandfallException;
import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.bronze.DecisionNote;
import io.landfall.consumer.bronze.TableDescription;
import io.landfall.consumer.bronze.TablePosition;
import io.landfall.consumer.watch.Alarm.Kind;
import io.landfall.consumer.watch.LogFolder.Metadata;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which definitions protect a table less, and what a log may look like. */
class ProtectionTest {

  @TempDir private Path folder;
  private LogFolder log;

  @BeforeEach
  void create() {
    log = new LogFolder(folder);
    log.commit(lines -> lines.info("WRITE", LogFolder.note(0, 5, 0)).add("a", 5, 0, true));
  }

  static Stream<Arguments> worse() {
    return Stream.of(
        Arguments.of(Kind.PROPERTY, change(p -> p.put("delta.appendOnly", "false"))),
        Arguments.of(Kind.PROPERTY, change(p -> p.remove("delta.appendOnly"))),
        Arguments.of(Kind.PROPERTY, change(p -> p.put("quality", "silver"))),
        Arguments.of(Kind.PROPERTY, change(p -> p.remove("pipelines.reset.allowed"))),
        Arguments.of(Kind.PROPERTY, change(p -> p.put("source", "elsewhere"))),
        Arguments.of(Kind.PROPERTY, change(p -> p.put("landfall.topic.id", "another"))),
        Arguments.of(Kind.PROPERTY, change(p -> p.remove("landfall.dataset"))),
        Arguments.of(
            Kind.PROPERTY, change(p -> p.put("delta.logRetentionDuration", "interval 29 days"))),
        Arguments.of(
            Kind.PROPERTY,
            change(p -> p.put("delta.deletedFileRetentionDuration", "interval 0 hours"))),
        Arguments.of(
            Kind.PROPERTY, change(p -> p.put("delta.deletedFileRetentionDuration", "a while"))),
        Arguments.of(
            Kind.PROPERTY,
            change(p -> p.put("delta.setTransactionRetentionDuration", "interval 30 days"))),
        Arguments.of(Kind.PROPERTY, change(p -> p.put("landfall.accepted", "2"))),
        Arguments.of(Kind.PROPERTY, change(p -> p.put("landfall.accepted", "all"))),
        Arguments.of(Kind.COLUMN_MAPPING, change(p -> p.put("delta.columnMapping.mode", "name"))),
        Arguments.of(Kind.COLUMN, column(columns -> columns.remove("gusts"))),
        Arguments.of(
            Kind.COLUMN, column(columns -> columns.put("blasts", columns.remove("gusts")))),
        Arguments.of(Kind.COLUMN, column(columns -> columns.put("gusts", "long"))),
        Arguments.of(Kind.REPLACED, (Consumer<Metadata>) metadata -> metadata.id = "another"));
  }

  static Stream<Consumer<Metadata>> noWorse() {
    return Stream.of(
        metadata -> {},
        change(p -> p.put("note", "x")),
        change(p -> p.put("delta.checkpointInterval", "10")),
        change(p -> p.put("delta.logRetentionDuration", "interval 30 days")),
        change(p -> p.put("delta.logRetentionDuration", "interval 5 weeks 1 hour")),
        change(p -> p.put("delta.deletedFileRetentionDuration", "169 hours")),
        change(p -> p.put("landfall.epoch", "7")),
        change(p -> p.put("landfall.accepted", "1")),
        column(columns -> columns.put("humidity", "integer")));
  }

  private static Consumer<Metadata> change(Consumer<Map<String, String>> properties) {
    return metadata -> properties.accept(metadata.properties);
  }

  private static Consumer<Metadata> column(Consumer<Map<String, String>> columns) {
    return metadata -> columns.accept(metadata.columns);
  }

  /** Whatever it is called, and whether an older definition is near in the log or far. */
  @ParameterizedTest
  @MethodSource("worse")
  void definitionThatProtectsLessIsAnAlarm(Kind kind, Consumer<Metadata> change) {
    redefine(change);

    assertThat(alarms(new Metadata()).list()).extracting(Alarm::kind).containsExactly(kind);
    assertThat(alarms(new Metadata()).list()).extracting(Alarm::version).containsExactly(2L);
  }

  @ParameterizedTest
  @MethodSource("noWorse")
  void definitionThatProtectsAsMuchIsNone(Consumer<Metadata> change) {
    redefine(change);

    assertThat(alarms(new Metadata()).list()).isEmpty();
  }

  @Test
  void loweredIsByWhatItWasBefore() {
    redefine(
        change(
            p -> {
              p.put("delta.logRetentionDuration", "interval 3650 days");
              p.put("landfall.epoch", "7");
            }));
    assertThat(alarms(new Metadata()).list()).isEmpty();
    redefine(
        change(
            p -> {
              p.put("delta.logRetentionDuration", "interval 40 days");
              p.put("landfall.epoch", "6");
            }));

    assertThat(alarms(new Metadata()).list())
        .extracting(Alarm::what)
        .containsExactlyInAnyOrder(
            "property delta.logRetentionDuration was set to interval 40 days, and should be interval 3650 days",
            "property landfall.epoch was set to 6, and should be 7");
  }

  /** Who puts it right makes no new alarm, and the old one stays until somebody has looked. */
  @Test
  void whatWasPutRightIsToldOnce() {
    redefine(change(p -> p.put("delta.appendOnly", "false")));
    assertThat(String.join("\n", alarms(metadata("false")).ways()))
        .contains("SET TBLPROPERTIES ('delta.appendOnly' = 'true')")
        .contains("--accept-version 3 --table");
    redefine(metadata -> {});

    Alarms alarms = alarms(new Metadata());
    assertThat(alarms.list()).extracting(Alarm::version).containsExactly(2L);
    assertThat(String.join("\n", alarms.ways()))
        .doesNotContain("SET TBLPROPERTIES")
        .contains("--accept-version 2 --table");
  }

  private static Metadata metadata(String appendOnly) {
    Metadata metadata = new Metadata();
    metadata.properties.put("delta.appendOnly", appendOnly);
    return metadata;
  }

  @Test
  void protocolWithColumnMappingIsAnAlarmWithoutTheProperty() {
    log.commit(lines -> lines.info("UPGRADE PROTOCOL", "").protocol(1, 4));
    assertThat(alarms(new Metadata()).list()).isEmpty();
    log.commit(lines -> lines.info("UPGRADE PROTOCOL", "").protocol(2, 5));
    log.commit(lines -> lines.info("", "").protocol(3, 7, "columnMapping", "appendOnly"));

    assertThat(alarms(new Metadata()).list())
        .extracting(Alarm::version, Alarm::kind)
        .containsExactly(Assertions.tuple(3L, Kind.COLUMN_MAPPING));
  }

  @Test
  void whatADecisionOfOursSetsIsNone() {
    Metadata adopted = new Metadata();
    adopted.properties.put("landfall.topic.id", "a new one");
    log.commit(
        lines ->
            lines
                .info("SET TBLPROPERTIES", new DecisionNote("adopt-topic", "somebody").json())
                .metadata(adopted));

    assertThat(alarms(adopted).list()).isEmpty();
  }

  @Test
  void commitOfOursThatTakesRowsIsAnAlarmToo() {
    log.commit(
        lines ->
            lines
                .info("WRITE", LogFolder.note(5, 9, 1))
                .remove("a", 5, 0, true)
                .add("b", 9, 0, true));

    assertThat(alarms(new Metadata()).list())
        .extracting(Alarm::kind)
        .containsExactly(Kind.ROWS_REMOVED);
  }

  /** A writer who looked long ago, after a decision: each of the two noted what it had seen. */
  @Test
  void batchesThatOverlapAreAnAlarm() {
    log.commit(lines -> lines.info("WRITE", LogFolder.note(5, 9, 1)).add("b", 4, 0, true));
    log.commit(lines -> lines.info("WRITE", LogFolder.note(7, 12, 0)).add("c", 5, 0, true));

    assertThat(alarms(new Metadata()).list())
        .extracting(Alarm::version, Alarm::kind)
        .containsExactly(Assertions.tuple(3L, Kind.OVERLAP));
  }

  /** The rows before it are missing, wherever the rows say that the table ends. */
  @Test
  void commitOfOursRightBehindARestoreIsToldWithTheWayBack() {
    log.commit(lines -> lines.info("WRITE", LogFolder.note(5, 9, 1)).add("b", 4, 0, true));
    log.commit(lines -> lines.info("RESTORE", "").remove("b", 4, 0, true));
    log.commit(lines -> lines.info("WRITE", LogFolder.note(9, 12, 2)).add("c", 3, 0, true));

    assertThat(String.join("\n", alarms(new Metadata()).ways()))
        .contains("Version 4 is ours and came right behind a RESTORE")
        .contains("TO VERSION AS OF 3; then: landfall consumer run --refill")
        .doesNotContain("To go on with the table as it is");
  }

  @Test
  void commitWithoutAWordOfWhoIsJudgedByWhatItDid() {
    log.commit(lines -> lines.remove("a", 5, 0, true));

    assertThat(alarms(new Metadata()).list())
        .singleElement()
        .satisfies(
            alarm ->
                assertThat(alarm.text())
                    .isEqualTo(
                        "version 2, rows-removed: 1 file (5 rows) taken out, and 0 files (0 rows) put in: rows were deleted, updated or overwritten"));
  }

  @Test
  void commitThatIsNoneIsRefusedByItsName() throws Exception {
    long version = log.commit(lines -> lines.info("WRITE", ""));
    for (String content : List.of("", "{\"commitInfo\":{\"oper")) {
      Files.writeString(
          folder.resolve("_delta_log").resolve("%020d.json".formatted(version)), content);
      Assertions.assertThatThrownBy(() -> alarms(new Metadata()))
          .isInstanceOf(LandfallException.class)
          .hasMessageContaining("00000000000000000002.json is no commit");
    }
  }

  /** What is older than the log is not judged, and a definition is by what must be in any case. */
  @Test
  void logThatWasCleanedUpIsJudgedAsFarAsItGoes() throws Exception {
    redefine(change(p -> p.put("quality", "silver")));
    redefine(
        change(
            p -> {
              p.put("quality", "gold");
              p.put("source", "not known to be another");
            }));
    for (int version = 0; version < 3; version++) {
      Files.delete(folder.resolve("_delta_log").resolve("%020d.json".formatted(version)));
    }

    assertThat(alarms(new Metadata()).list())
        .extracting(Alarm::what)
        .containsExactly("property quality was set to gold, and should be bronze");
  }

  private void redefine(Consumer<Metadata> change) {
    Metadata metadata = new Metadata();
    change.accept(metadata);
    log.commit(lines -> lines.info("OPTIMIZE", "").metadata(metadata));
  }

  private Alarms alarms(Metadata now) {
    TableDescription described =
        new TableDescription(now.id, now.properties, List.of(), Set.of(), List.of());
    return Alarms.in(
        Folder.of(folder),
        described,
        log.version(),
        TablePosition.unseen(
            described,
            log.version(),
            new CommitFiles(
                new org.apache.hadoop.fs.Path(folder.toUri()),
                new Configuration(),
                log.version(),
                version -> Set.of())));
  }
}
