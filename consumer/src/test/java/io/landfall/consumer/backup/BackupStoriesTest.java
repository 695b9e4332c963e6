package io.landfall.consumer.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.testing.DoorKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Appends, compactions, backups, and backups that are killed anywhere, by chance: whatever is
 * complete restores to the rows of its version and to where it stood, and ingest goes on from it.
 */
class BackupStoriesTest {

  private static final int STEPS = 9;

  /** What the table was when a backup of it was made. */
  private record Then(List<String> rows, TableState state) {}

  @TempDir private Path folder;
  private final Map<String, Then> made = new HashMap<>();
  private final List<String> told = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(longs = {2, 4})
  void whatIsCompleteIsTheTableAsItWas(long seed) throws Exception {
    Random random = new Random(seed);
    TestTable table = new TestTable(folder.resolve("read ings"));
    Path place = folder.resolve("back ups");
    append(table, random);
    for (int step = 0; step < STEPS; step++) {
      switch (random.nextInt(7)) {
        case 0, 1 -> append(table, random);
        case 2 -> optimize(table);
        case 3 -> property(table, random);
        case 4 -> backUp(table, place);
        default -> killedBackup(table, place, random);
      }
    }
    backUp(table, place);

    assertThat(TestTable.verified(place)).as("%s", told).allMatch(one -> one.problems().isEmpty());
    List<Manifest> complete = TestTable.complete(place);
    assertThat(complete).extracting(Manifest::id).containsAll(made.keySet());
    for (Manifest manifest : complete) {
      // Of one that was killed at its very end nobody heard that it is complete.
      if (made.containsKey(manifest.id())) {
        TestTable restored =
            TestTable.restored(place, manifest, folder.resolve("restored " + manifest.id()));
        assertThat(restored.rows())
            .as("%s %s", manifest.id(), told)
            .isEqualTo(made.get(manifest.id()).rows());
        assertThat(restored.state())
            .as("%s %s", manifest.id(), told)
            .isEqualTo(made.get(manifest.id()).state());
      }
    }
    goOn(place, complete.get(random.nextInt(complete.size())), table);
  }

  private void append(TestTable table, Random random) {
    DoorKind door = random.nextBoolean() ? DoorKind.FAST : DoorKind.SPARK;
    told.add("append " + door);
    table.append(door, 1 + random.nextInt(4), random.nextInt(3));
  }

  private void optimize(TestTable table) {
    told.add("optimize");
    table.sql("OPTIMIZE %s");
  }

  private void property(TestTable table, Random random) {
    told.add("property");
    // Checkpoints come often, so that the newest note is sometimes older than one.
    table.sql(
        "ALTER TABLE %%s SET TBLPROPERTIES ('delta.checkpointInterval' = '%d')"
            .formatted(1 + random.nextInt(3)));
  }

  private void backUp(TestTable table, Path place) throws Exception {
    BackupRun.Made now = table.backUp(place);
    made.put(now.manifest().id(), new Then(table.rows(), table.state()));
    told.add("backup " + now.manifest().id());
  }

  private void killedBackup(TestTable table, Path place, Random random) throws Exception {
    int operations = random.nextInt(120);
    told.add("killed after " + operations);
    Configuration configuration = DyingFileSystem.configuration();
    DyingFileSystem.dieAfter(operations);
    try {
      BackupRun.Made now = table.backUp(place, configuration);
      made.put(now.manifest().id(), new Then(table.rows(), table.state()));
    } catch (IOException | RuntimeException e) {
      // Killed: nobody is there to say anything.
      told.add("(%s)".formatted(e.getMessage()));
    } finally {
      DyingFileSystem.revive();
    }
  }

  /** Through each door, to where the table stands now: as if it had never been lost. */
  private void goOn(Path place, Manifest manifest, TestTable table) throws Exception {
    for (DoorKind door : DoorKind.values()) {
      TestTable restored = TestTable.restored(place, manifest, folder.resolve("gone on " + door));
      long there = manifest.bronze().position().orElseThrow().in(0);
      long end = table.state().position().in(0) + 5;
      List<Long> before = offsets(restored);
      restored.append(door, (int) (end - there), 0);
      assertThat(restored.state().position().in(0)).isEqualTo(end);
      List<Long> wanted = new ArrayList<>(before);
      for (long offset = there; offset < end; offset++) {
        wanted.add(offset);
      }
      assertThat(offsets(restored)).as("%s", told).isEqualTo(wanted);
    }
  }

  private static List<Long> offsets(TestTable table) throws IOException {
    return table.rows().stream()
        .map(row -> (long) Double.parseDouble(row.split("\\|", -1)[7]))
        .sorted()
        .toList();
  }
}
