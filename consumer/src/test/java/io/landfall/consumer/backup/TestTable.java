package io.landfall.consumer.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.Progress;
import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.door.Batch;
import io.landfall.consumer.door.Door;
import io.landfall.consumer.door.Outcome;
import io.landfall.consumer.kernel.KernelTable;
import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.testing.DoorKind;
import io.landfall.consumer.testing.KernelReader;
import io.landfall.consumer.testing.OffsetRange;
import io.landfall.consumer.testing.Readings;
import io.landfall.consumer.testing.Records;
import io.landfall.consumer.testing.SharedSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** A table of readings, one partition, and what is done to it. */
final class TestTable {

  static final Clock CLOCK = Clock.systemUTC();
  static final Progress QUIET = Progress.lines(line -> {}, CLOCK);

  private static final List<String> COLUMNS =
      List.of(
          "station",
          "hour",
          "temperature",
          "gusts",
          "_revision",
          "_content_hash",
          "_partition",
          "_offset",
          "_kafka_timestamp",
          "_ingested_at");

  private final Path path;

  TestTable(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  Folder folder() {
    return Folder.of(path);
  }

  /**
   * Lands rows where the table stands.
   *
   * @param markers offsets behind the last row that no row has
   */
  void append(DoorKind kind, int rows, int markers) {
    Door door = kind.to(SharedSpark.session(), Readings.FIRST, path);
    Offsets at = door.open(Readings.TOPIC_ID).position();
    long from = at.in(0);
    Offsets to = new Offsets(Map.of(0, from + rows + markers));
    Batch batch = new Batch(Readings.TOPIC_ID, at, to, Instant.ofEpochSecond(1_700_000_000));
    assertThat(
            door.append(
                Records.of(Readings.FIRST.schema(), new OffsetRange(0, from, from + rows))
                    .in(SharedSpark.session()),
                batch))
        .isInstanceOf(Outcome.Committed.class);
  }

  void sql(String statement) {
    SharedSpark.session().sql(statement.formatted("delta.`" + path + "`"));
  }

  /** Every row, as another reader than Spark sees it. */
  List<String> rows() throws IOException {
    return KernelReader.rows(path.toString(), COLUMNS, new Configuration());
  }

  TableState state() {
    return KernelTable.in(folder(), new Configuration()).state();
  }

  BackupRun.Made backUp(Path place) throws IOException, InterruptedException {
    return backUp(place, new Configuration());
  }

  BackupRun.Made backUp(Path place, Configuration configuration)
      throws IOException, InterruptedException {
    return new BackupRun(place(place, configuration), configuration, QUIET, CLOCK).make(folder());
  }

  static BackupPlace place(Path place, Configuration configuration) throws IOException {
    return BackupPlace.in(Folder.of(place), configuration);
  }

  static TestTable restored(Path place, Manifest manifest, Path into)
      throws IOException, InterruptedException {
    Configuration configuration = new Configuration();
    new Restore(place(place, configuration), configuration, QUIET).into(Folder.of(into), manifest);
    return new TestTable(into);
  }

  static List<Manifest> complete(Path place) throws IOException {
    return place(place, new Configuration()).backups().stream()
        .filter(Backup.Complete.class::isInstance)
        .map(backup -> ((Backup.Complete) backup).manifest())
        .toList();
  }

  static List<Verification.Verified> verified(Path place) throws IOException, InterruptedException {
    BackupPlace opened = place(place, new Configuration());
    return new Verification(opened, QUIET).of(opened.backups());
  }
}
