package io.landfall.sandbox.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.sandbox.api.SimulatedApi;
import io.landfall.sandbox.bronze.KernelTable;
import io.landfall.sandbox.season.Fixture;
import io.landfall.sandbox.season.Season;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What an older Landfall left on the disks of its broker, its producer and its table is gone on
 * with: nothing is refused, nothing is emitted anew, and new games come as ever.
 *
 * <p>The states are files of the project, one for each release that changed what is stored. The
 * programs of today write the next one with {@code -Dlandfall.state.write=NAME}.
 */
class UpgradeIT {

  private static final Path STATES = Path.of("src", "test", "resources", "state");
  private static final List<String> FOLDERS = List.of("kafka", "state", "bronze");
  private static final long SEED = 20261126;
  private static final int GAMES = 10;

  private final Season season = Season.of(SEED, GAMES);

  @TempDir Path folder;

  static List<Path> states() throws IOException {
    try (Stream<Path> states = Files.list(STATES)) {
      return states.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("states")
  void anOlderStateIsGoneOnWith(Path state) throws Exception {
    unpack(state);
    List<String> columns = new KernelTable(folder.resolve("bronze")).columns();
    List<Map<String, @Nullable Object>> old = rows(columns);
    Set<Integer> oldGames = games(old);
    assertThat(oldGames).isNotEmpty().hasSizeLessThan(GAMES);
    try (SimulatedApi api = SimulatedApi.serving(season).start(0);
        SandboxBroker broker = new SandboxBroker(folder);
        Pipeline pipeline = new Pipeline(folder, api, broker)) {
      Pipeline.succeed(pipeline.producerStatus());
      Pipeline.succeed(pipeline.consumer("status"));
      assertThat(Pipeline.succeed(pipeline.shaping("shape", "--once")).output())
          .contains(" 0 rows emitted");

      LocalDate next = firstDayWithout(oldGames);
      Pipeline.succeed(pipeline.producer("run", Pipeline.days(next, lastDay())));
      Pipeline.succeed(pipeline.ingestAndReplay());

      pipeline.verify(season);
      assertThat(new HashSet<>(rows(columns))).containsAll(old);
      assertThat(Pipeline.succeed(pipeline.shaping("reshape", "--dry-run")).output())
          .contains("%d games derived".formatted(GAMES));
    }
  }

  /** The first day of the season, as the programs of today leave it. */
  @Test
  @EnabledIfSystemProperty(named = "landfall.state.write", matches = ".+")
  void writeAState() throws Exception {
    LocalDate first = season.fixtures().get(0).date();
    assertThat(first).isBefore(lastDay());
    try (SimulatedApi api = SimulatedApi.serving(season).start(0);
        SandboxBroker broker = new SandboxBroker(folder);
        Pipeline pipeline = new Pipeline(folder, api, broker)) {
      Pipeline.succeed(pipeline.producer("run", Pipeline.days(first, first)));
      Pipeline.succeed(pipeline.consumer("run", "--once"));
      assertThat(broker.program().stop()).isZero();
    }
    pack(STATES.resolve(System.getProperty("landfall.state.write") + ".zip"));
  }

  private LocalDate lastDay() {
    return season.fixtures().get(GAMES - 1).date();
  }

  /** The first day after those games. */
  private LocalDate firstDayWithout(Set<Integer> games) {
    return season.fixtures().stream()
        .dropWhile(fixture -> games.contains(fixture.gameId()))
        .map(Fixture::date)
        .findFirst()
        .orElseThrow();
  }

  private static Set<Integer> games(List<Map<String, @Nullable Object>> rows) {
    return rows.stream()
        .map(row -> (Integer) Objects.requireNonNull(row.get("gameId")))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Each row of the table as far as the old columns go. */
  private List<Map<String, @Nullable Object>> rows(List<String> columns) {
    return new KernelTable(folder.resolve("bronze")).rows(columns.toArray(String[]::new));
  }

  private void unpack(Path state) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(state))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = folder.resolve(entry.getName());
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.copy(zip, file);
      }
    }
  }

  private void pack(Path state) throws IOException {
    Files.createDirectories(STATES);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(state))) {
      for (String each : FOLDERS) {
        try (Stream<Path> files = Files.walk(folder.resolve(each))) {
          for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
            zip.putNextEntry(new ZipEntry(folder.relativize(file).toString()));
            Files.copy(file, zip);
          }
        }
      }
    }
  }
}
