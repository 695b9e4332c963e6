package io.landfall.consumer.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.kernel.KernelTable;
import io.landfall.consumer.testing.BronzeTables;
import io.landfall.consumer.testing.OffsetRange;
import io.landfall.consumer.testing.SharedSpark;
import io.landfall.consumer.watch.Alarm.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What whoever looks again and again is told. */
class TableWatchTest {

  @TempDir private Path folder;

  @Test
  void eachAlarmIsToldOnceAndWhatNoCommitTellsToo() throws Exception {
    Path path = folder.resolve("readings");
    BronzeTables.fill(path, new OffsetRange(0, 0, 5), new OffsetRange(0, 5, 10));
    TableWatch watch = new TableWatch(KernelTable.in(Folder.of(path), new Configuration()));
    assertThat(kinds(watch)).isEmpty();
    assertThat(watch.version()).isEqualTo(2);

    SharedSpark.session()
        .sql("INSERT INTO delta.`%s` SELECT * FROM delta.`%s` LIMIT 1".formatted(path, path));
    assertThat(kinds(watch)).containsExactly(Kind.FOREIGN_ROWS);
    assertThat(kinds(watch)).isEmpty();

    Files.delete(path.resolve("_delta_log/00000000000000000003.json"));
    Files.deleteIfExists(path.resolve("_delta_log/00000000000000000003.crc"));
    assertThat(kinds(watch)).containsExactly(Kind.ROLLED_BACK);
    assertThat(kinds(watch)).isEmpty();

    delete(path);
    assertThat(kinds(watch)).containsExactly(Kind.GONE);
    assertThat(kinds(watch)).isEmpty();

    BronzeTables.fill(path, new OffsetRange(0, 0, 3));
    assertThat(kinds(watch)).containsExactly(Kind.REPLACED);
    assertThat(kinds(watch)).isEmpty();
  }

  private static List<Kind> kinds(TableWatch watch) {
    return watch.look().alarms().stream().map(Alarm::kind).toList();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
