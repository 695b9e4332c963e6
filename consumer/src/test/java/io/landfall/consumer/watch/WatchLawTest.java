package io.landfall.consumer.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.bronze.Commit;
import io.landfall.consumer.bronze.TableDescription;
import io.landfall.consumer.bronze.TablePosition;
import io.landfall.consumer.bronze.TableProperties;
import io.landfall.consumer.testing.Readings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The law of the watch, on logs by chance in which commits of ours and of others come in any order,
 * and those of others call themselves anything: where rows are gone, changed or put in by somebody
 * else, there is an alarm of that version; where not, there is none. What is in the files is not
 * looked at: a rewrite that says that no row changed, has as many rows, and has other ones is found
 * by those who read them ({@code verify}).
 */
class WatchLawTest {

  private static final List<String> NAMES =
      List.of(
          "WRITE",
          "OPTIMIZE",
          "DELETE",
          "UPDATE",
          "MERGE",
          "VACUUM END",
          "COMPUTE STATS",
          "SET TBLPROPERTIES",
          "STREAMING UPDATE",
          "REORG",
          "nothing at all",
          "");

  /** A file's rows, and which of them are marked as deleted. */
  private record Content(List<Integer> rows, Set<Integer> deleted) {
    List<Integer> live() {
      return rows.stream().filter(row -> !deleted.contains(row)).toList();
    }
  }

  @TempDir private Path folder;
  private Random random = new Random();
  private Map<String, Content> table = new TreeMap<>();
  private final List<Map<String, Content>> versions = new ArrayList<>();
  private int names;
  private int rows;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void rowsThatAreNotAsTheyWereAreAnAlarmAndNothingElseIs(long seed) {
    random = new Random(seed);
    LogFolder log = new LogFolder(folder.resolve("table" + seed));
    versions.add(Map.copyOf(table));
    Set<Long> wrong = new HashSet<>();
    long position = 0;
    for (int step = 0; step < 60; step++) {
      Map<String, Content> before = Map.copyOf(table);
      boolean ours = random.nextInt(3) == 0;
      long version;
      if (ours) {
        long from = position;
        position += 5;
        String note = LogFolder.note(from, position, -1);
        version = log.commit(lines -> put(lines.info("WRITE", note), true));
      } else {
        version =
            log.commit(lines -> ofOthers(lines.info(NAMES.get(random.nextInt(NAMES.size())), "")));
      }
      versions.add(Map.copyOf(table));
      if (!ours && !live(before).equals(live(table))) {
        wrong.add(version);
      }
    }

    Set<Long> found = new HashSet<>();
    alarms(log).list().forEach(alarm -> found.add(alarm.version()));
    assertThat(found).isEqualTo(wrong);
    assertThat(wrong).isNotEmpty();
  }

  /** Whatever others did: what somebody has answered for is not told again. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatIsAnsweredForIsNotRead(long seed) throws Exception {
    random = new Random(seed);
    LogFolder log = new LogFolder(folder.resolve("table" + seed));
    versions.add(Map.copyOf(table));
    for (int step = 0; step < 10; step++) {
      log.commit(lines -> put(lines.info("WRITE", ""), true));
    }
    String note = LogFolder.note(0, 5, 8);
    log.commit(lines -> put(lines.info("WRITE", note), true));
    for (int version = 0; version < 9; version++) {
      Files.writeString(
          log.table().resolve("_delta_log").resolve("%020d.json".formatted(version)), "not read");
    }

    assertThat(alarms(log).list()).extracting(Alarm::version).containsExactly(9L, 10L);
    log.commit(lines -> put(lines.info("WRITE", LogFolder.note(5, 9, 11)), true));
    assertThat(alarms(log).list()).isEmpty();
  }

  private void ofOthers(LogFolder.Lines lines) {
    List<String> files = List.copyOf(table.keySet());
    switch (random.nextInt(12)) {
      case 0 -> put(lines, true);
      // The same, as if it were a rewrite.
      case 1 -> put(lines, false);
      case 2 -> rewrite(lines, false, false);
      case 3 -> rewrite(lines, true, false);
      case 4 -> rewrite(lines, false, true);
      case 5 -> rewrite(lines, true, true);
      case 6 -> mark(lines, true);
      case 7 -> mark(lines, false);
      case 8 -> {
        // Everything.
        boolean said = random.nextBoolean();
        files.forEach(file -> take(lines, file, said));
      }
      case 9 -> restore(lines, versions.get(random.nextInt(versions.size())));
      case 10 -> {
        // Statistics.
        for (String file : files) {
          if (random.nextBoolean() && content(file).deleted().isEmpty()) {
            lines.add(file, content(file).rows().size(), 0, false);
          }
        }
      }
      default -> {
        // Nothing.
      }
    }
  }

  private void put(LogFolder.Lines lines, boolean dataChange) {
    List<Integer> fresh = new ArrayList<>();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      fresh.add(rows++);
    }
    put(lines, new Content(fresh, Set.of()), dataChange);
  }

  private void put(LogFolder.Lines lines, Content content, boolean dataChange) {
    String name = "file" + names++;
    table.put(name, content);
    lines.add(name, content.rows().size(), content.deleted().size(), dataChange);
  }

  private void take(LogFolder.Lines lines, String file, boolean dataChange) {
    Content content = content(file);
    table.remove(file);
    lines.remove(file, content.rows().size(), content.deleted().size(), dataChange);
  }

  private Content content(String file) {
    return Objects.requireNonNull(table.get(file));
  }

  /** Some files into one, with some rows fewer or not. */
  private void rewrite(LogFolder.Lines lines, boolean fewer, boolean dataChange) {
    List<Integer> together = new ArrayList<>();
    List<String> chosen = new ArrayList<>();
    for (String file : table.keySet()) {
      if (random.nextInt(3) == 0) {
        chosen.add(file);
      }
    }
    chosen.forEach(file -> together.addAll(content(file).live()));
    if (together.size() < 2 || (dataChange && !fewer)) {
      // Rows that are said to change and do not would be an alarm rightly.
      return;
    }
    chosen.forEach(file -> take(lines, file, dataChange));
    List<Integer> left = fewer ? together.subList(1, together.size()) : together;
    put(lines, new Content(List.copyOf(left), Set.of()), dataChange);
  }

  /** One row of a file as deleted. */
  private void mark(LogFolder.Lines lines, boolean dataChange) {
    for (Map.Entry<String, Content> file : new TreeMap<>(table).entrySet()) {
      List<Integer> live = file.getValue().live();
      if (!live.isEmpty()) {
        take(lines, file.getKey(), dataChange);
        Set<Integer> deleted = new HashSet<>(file.getValue().deleted());
        deleted.add(live.get(0));
        Content content = new Content(file.getValue().rows(), deleted);
        table.put(file.getKey(), content);
        lines.add(file.getKey(), content.rows().size(), deleted.size(), dataChange);
        return;
      }
    }
  }

  /** To an older version by another name, unless nothing would be gone. */
  private void restore(LogFolder.Lines lines, Map<String, Content> older) {
    if (live(older).equals(live(table))) {
      return;
    }
    for (String file : List.copyOf(table.keySet())) {
      if (!content(file).equals(older.get(file))) {
        take(lines, file, true);
      }
    }
    older.forEach(
        (file, content) -> {
          if (table.put(file, content) == null) {
            lines.add(file, content.rows().size(), content.deleted().size(), true);
          }
        });
  }

  private static List<Integer> live(Map<String, Content> files) {
    return files.values().stream().flatMap(file -> file.live().stream()).sorted().toList();
  }

  private Alarms alarms(LogFolder log) {
    TableDescription description =
        new TableDescription(
            "the table",
            new HashMap<>(TableProperties.of(Readings.FIRST, Readings.TOPIC_ID)),
            List.of(),
            Set.of(),
            List.of());
    LongFunction<Set<String>> files = version -> versions.get((int) version).keySet();
    List<Commit> unseen =
        TablePosition.unseen(
            description,
            log.version(),
            new CommitFiles(
                new org.apache.hadoop.fs.Path(log.table().toUri()),
                new Configuration(),
                log.version(),
                files));
    return Alarms.in(Folder.of(log.table()), description, log.version(), unseen);
  }
}
