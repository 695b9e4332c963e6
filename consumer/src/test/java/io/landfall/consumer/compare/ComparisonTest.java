package io.landfall.consumer.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.ExitCode;
import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.compare.Compared.ColumnCells;
import io.landfall.consumer.testing.BronzeTables;
import io.landfall.consumer.testing.ConsumerRun;
import io.landfall.consumer.testing.FolderState;
import io.landfall.consumer.testing.OffsetRange;
import io.landfall.consumer.testing.Readings;
import io.landfall.consumer.testing.SharedSpark;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our table against some that other people might have. */
class ComparisonTest {

  private static final SparkSession SPARK = SharedSpark.session();
  private static final int ROWS = 30;

  @TempDir private static Path folder;
  private static Path ours;

  @BeforeAll
  static void fill() {
    ours = folder.resolve("ours");
    BronzeTables.fill(ours, new OffsetRange(0, 0, ROWS));
  }

  private static Path other(String name, String select) {
    Path path = folder.resolve(name);
    SPARK.sql(
        "CREATE TABLE delta.`%s` USING delta AS %s FROM delta.`%s`".formatted(path, select, ours));
    return path;
  }

  private static Compared compare(Path with) {
    return new Comparison(SPARK, Readings.FIRST, Folder.of(ours), Folder.of(with), Optional.empty())
        .run();
  }

  private static ColumnCells column(Compared compared, String name) {
    return compared.columns().stream()
        .filter(each -> each.column().equals(name))
        .findAny()
        .orElseThrow();
  }

  @Test
  void otherTypesAndAnotherOrderAreNoDifference() {
    Path other =
        other(
            "types",
            "SELECT cast(gusts AS double) AS Gusts, cast(temperature AS string) AS temperature, cast(hour AS bigint) AS hour, station");

    Compared compared = compare(other);

    assertThat(compared.isSame()).isTrue();
    assertThat(compared.keysBoth()).isEqualTo(ROWS);
    assertThat(compared.cells()).isEqualTo(2 * ROWS);
    assertThat(column(compared, "gusts").typeThere()).isEqualTo("double");
  }

  @Test
  void eachDifferenceIsCountedInItsColumnWithAnExample() {
    Path other =
        other(
            "cells",
            "SELECT station, hour, CASE WHEN hour = 10 THEN temperature + 0.5 WHEN hour = 20 THEN NULL ELSE temperature END AS temperature, CASE WHEN hour = 40 THEN 'many' ELSE cast(gusts AS string) END AS gusts, 1 AS wind");

    Compared compared = compare(other);

    assertThat(compared.isSame()).isFalse();
    assertThat(compared.differing()).isEqualTo(3);
    ColumnCells temperature = column(compared, "temperature");
    assertThat(temperature.differ()).isEqualTo(2);
    assertThat(temperature.largest()).hasValue(0.5);
    assertThat(temperature.example()).hasValueSatisfying(e -> assertThat(e.key()).startsWith("S"));
    // It reads as no number, which is not the same as none.
    assertThat(column(compared, "gusts").example())
        .hasValueSatisfying(e -> assertThat(e.there()).isEqualTo("many"));
    assertThat(compared.onlyThere()).containsExactly("wind");
    assertThat(compared.onlyHere()).isEmpty();
  }

  @Test
  void keysOfOneTableOnlyAndTwiceAreTold() {
    Path other = other("keys", "SELECT station, hour, temperature");
    String sql = "delta.`%s`".formatted(other);
    SPARK.sql("DELETE FROM %s WHERE hour IN (10, 20)".formatted(sql));
    SPARK.sql("INSERT INTO %s VALUES ('S9', 1, 1.0)".formatted(sql));
    // A row twice says the same twice; two that contradict each other say nothing.
    SPARK.sql("INSERT INTO %1$s SELECT * FROM %1$s WHERE hour = 50".formatted(sql));
    SPARK.sql(
        "INSERT INTO %1$s SELECT station, hour, 77.0 FROM %1$s WHERE hour = 70".formatted(sql));

    Compared compared = compare(other);

    assertThat(compared.keysOnlyHere().count()).isEqualTo(2);
    assertThat(compared.keysOnlyThere().examples()).containsExactly("S9/1");
    assertThat(compared.ambiguous().count()).isEqualTo(1);
    assertThat(compared.ambiguous().examples()).containsExactly("S0/70");
    assertThat(compared.keysBoth()).isEqualTo(ROWS - 3);
    assertThat(compared.differing()).isZero();
    assertThat(compared.onlyHere()).containsExactly("gusts");
  }

  @Test
  void commandReadsOnlyAndRestrictsBoth() {
    Path other = other("command", "SELECT station, hour, temperature, gusts");
    SPARK.sql("DELETE FROM delta.`%s` WHERE hour >= 100".formatted(other));
    FolderState before = FolderState.of(folder);

    run(other).requires(ExitCode.REFUSED, "20 only here", "The two differ.");
    run(other, "--where", "hour < 100").requires(ExitCode.OK, "The two say the same.");
    run(other, "-o", "json", "--where", "hour < 100")
        .requires(ExitCode.OK, "\"same\":true", "\"column\":\"gusts\"");
    run(other, "--where", "java_method('java.lang.System', 'exit', 1) = 0")
        .requires(ExitCode.USAGE);
    run(folder.resolve("nothing")).requires(ExitCode.USAGE, "there is no Delta table");

    assertThat(FolderState.of(folder)).isEqualTo(before);
  }

  private static ConsumerRun run(Path other, String... more) {
    String[] all = new String[7 + more.length];
    System.arraycopy(
        new String[] {
          "compare",
          "--table",
          ours.toString(),
          "--with",
          other.toString(),
          "--scratch-dir",
          folder.resolveSibling("scratch-of-compare").toString()
        },
        0,
        all,
        0,
        7);
    System.arraycopy(more, 0, all, 7, more.length);
    return ConsumerRun.of(Readings.FIRST, all);
  }
}
