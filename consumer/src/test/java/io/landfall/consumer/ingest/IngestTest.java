package io.landfall.consumer.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.bronze.WrittenFile;
import io.landfall.consumer.landing.LandingTopic;
import io.landfall.consumer.landing.OffsetRange;
import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.landing.Stretch;
import io.landfall.consumer.testing.Readings;
import io.landfall.consumer.testing.SharedSpark;
import io.landfall.program.Stop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestTest {

  private static final SparkSession SPARK = SharedSpark.session();
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC);

  @TempDir private Path temporary;

  /** A topic that says what the test tells it to. */
  private static final class ScriptedTopic implements LandingTopic {
    private String id = Readings.TOPIC_ID;
    private Offsets beginnings = Offsets.START;
    private Offsets committed = Offsets.START;
    private Offsets ends = Offsets.START;

    void reaches(long first, long second) {
      committed = new Offsets(Map.of(0, first, 1, second));
      ends = committed;
    }

    @Override
    public String name() {
      return "weather.readings.v1";
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public void refresh() {}

    @Override
    public Offsets beginnings() {
      return beginnings;
    }

    @Override
    public Offsets committedEnds() {
      return committed;
    }

    @Override
    public Offsets ends() {
      return ends;
    }

    @Override
    public void close() {}
  }

  /** Writes a row for each offset, but for those that are no records. */
  private static final class ScriptedWriter implements BatchWriter {
    private final Path table;
    private final List<Stretch> asked = new ArrayList<>();
    private long markersFrom = Long.MAX_VALUE;
    private Runnable before = () -> {};

    ScriptedWriter(Path table) {
      this.table = table;
    }

    @Override
    public List<WrittenFile> write(Stretch stretch, String topicId, Instant began) {
      asked.add(stretch);
      List<OffsetRange> rows =
          stretch.ranges().stream()
              .filter(range -> range.from() < markersFrom)
              .map(
                  range ->
                      new OffsetRange(
                          range.partition(), range.from(), Math.min(range.to(), markersFrom)))
              .toList();
      try {
        List<WrittenFile> files =
            rows.isEmpty() ? List.of() : List.of(Readings.write(Readings.FIRST, table, rows));
        before.run();
        return files;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void discard(List<WrittenFile> files) {
      for (WrittenFile file : files) {
        try {
          Files.delete(table.resolve(file.name()));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private final ScriptedTopic topic = new ScriptedTopic();

  @Test
  void everythingCommittedIsLandedInBoundedSteps() throws Exception {
    Path path = temporary.resolve("steps");
    topic.reaches(25, 5);

    Ingest.Report report = ingest(path, new ScriptedWriter(path), 10).once(() -> false);

    assertThat(report.rows()).isEqualTo(30);
    assertThat(report.commits()).isGreaterThanOrEqualTo(3);
    assertThat(rows(path)).isEqualTo(30);
    Ingest.Report again = ingest(path, new ScriptedWriter(path), 10).once(() -> false);
    assertThat(again.commits()).isZero();
    assertThat(again.state()).isEqualTo(report.state());
  }

  @Test
  void stretchOfMarkersIsReadOnceAndGivesNoCommit() throws Exception {
    Path path = temporary.resolve("markers");
    ScriptedWriter writer = new ScriptedWriter(path);
    topic.reaches(10, 0);
    Ingest ingest = ingest(path, writer, 100);
    assertThat(ingest.once(() -> false).state().version()).isEqualTo(1);

    writer.markersFrom = 10;
    topic.reaches(15, 0);
    ingest.once(() -> false);
    assertThat(ingest.once(() -> false).state().version()).isEqualTo(1);
    assertThat(writer.asked).hasSize(2);

    // The next commit holds the markers' stretch too, so that the table's ranges have no hole.
    writer.markersFrom = Long.MAX_VALUE;
    topic.reaches(20, 0);
    ingest.once(() -> false);
    assertThat(note(path, 2)).contains("\"0\":[10,20]");
    assertThat(writer.asked.get(2).from().in(0)).isEqualTo(15);
  }

  @Test
  void whenAnotherWriterIsQuickerNothingIsDoubled() throws Exception {
    Path path = temporary.resolve("second");
    topic.reaches(10, 10);
    ScriptedWriter slow = new ScriptedWriter(path);
    slow.before =
        () -> {
          slow.before = () -> {};
          topic.reaches(10, 4);
          land(path);
          topic.reaches(10, 10);
        };

    Ingest.Report report = ingest(path, slow, 100).once(() -> false);

    assertThat(report.rows()).isEqualTo(6);
    assertThat(rows(path)).isEqualTo(20);
    assertThat(distinctRows(path)).isEqualTo(20);
    assertThat(parquetFiles(path)).isEqualTo(2);
  }

  @Test
  void tableRestoredWhileThisRunsTakesItsRowsAgain() throws Exception {
    Path path = temporary.resolve("restored");
    topic.reaches(10, 0);
    Ingest ingest = ingest(path, new ScriptedWriter(path), 100);
    ingest.once(() -> false);
    topic.reaches(20, 0);
    ingest.once(() -> false);
    SPARK.sql("RESTORE TABLE delta.`%s` TO VERSION AS OF 1".formatted(path));

    topic.reaches(30, 0);
    ingest.once(() -> false);

    assertThat(rows(path)).isEqualTo(30);
    assertThat(distinctRows(path)).isEqualTo(30);
  }

  @Test
  void expiredOffsetsAreRefused() throws Exception {
    Path path = temporary.resolve("expired");
    topic.reaches(10, 0);
    land(path);
    topic.reaches(50, 0);
    topic.beginnings = new Offsets(Map.of(0, 12L));

    assertThatThrownBy(() -> ingest(path, new ScriptedWriter(path), 100))
        .isInstanceOf(Stop.class)
        .hasMessageContaining("begins at offset 12, and the table stands at 10")
        .hasMessageContaining("the 2 offsets between");
    assertThat(rows(path)).isEqualTo(10);
  }

  @Test
  void topicThatBecameShorterIsRefused() throws Exception {
    Path path = temporary.resolve("shorter");
    topic.reaches(10, 3);
    Ingest ingest = ingest(path, new ScriptedWriter(path), 100);
    ingest.once(() -> false);
    topic.reaches(8, 3);

    assertThatThrownBy(() -> ingest(path, new ScriptedWriter(path), 100))
        .hasMessageContaining("ends at offset 8, and the table stands at 10");
    assertThatThrownBy(() -> ingest.untilStopped(() -> false))
        .isInstanceOf(Stop.class)
        .hasMessageContaining("ends at offset 8");
  }

  @Test
  void topicRecreatedWhileThisRunsIsRefused() throws Exception {
    Path path = temporary.resolve("recreated");
    topic.reaches(10, 0);
    Ingest ingest = ingest(path, new ScriptedWriter(path), 100);
    ingest.once(() -> false);
    topic.id = "another";
    topic.reaches(20, 0);

    assertThatThrownBy(() -> ingest.once(() -> false))
        .isInstanceOf(Stop.class)
        .hasMessageContaining("deleted and created again");
    assertThat(rows(path)).isEqualTo(10);
  }

  @Test
  void whenToldToStopItStopsBetweenCommits() throws Exception {
    Path path = temporary.resolve("stopped");
    topic.reaches(100, 0);
    ScriptedWriter writer = new ScriptedWriter(path);

    Ingest.Report report = ingest(path, writer, 10).untilStopped(() -> writer.asked.size() >= 2);

    assertThat(report.commits()).isEqualTo(2);
    assertThat(rows(path)).isEqualTo(20);
  }

  private Ingest ingest(Path path, BatchWriter writer, long most) throws InterruptedException {
    BronzeTable table = BronzeTable.open(SPARK, Readings.FIRST, path, Readings.TOPIC_ID);
    return new Ingest(topic, table, writer, CLOCK, most);
  }

  private void land(Path path) {
    try {
      ingest(path, new ScriptedWriter(path), 1_000).once(() -> false);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long rows(Path path) {
    return SPARK.read().format("delta").load(path.toString()).count();
  }

  private static long distinctRows(Path path) {
    return SPARK
        .read()
        .format("delta")
        .load(path.toString())
        .select("_partition", "_offset")
        .distinct()
        .count();
  }

  private static long parquetFiles(Path path) throws IOException {
    try (var files = Files.list(path)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).count();
    }
  }

  private static String note(Path path, long version) throws IOException {
    return Files.readString(path.resolve("_delta_log").resolve("%020d.json".formatted(version)))
        .replace("\\\"", "\"");
  }
}
