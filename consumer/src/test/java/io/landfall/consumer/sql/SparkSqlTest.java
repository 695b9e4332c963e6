package io.landfall.consumer.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.consumer.testing.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said when a statement that only reads cannot be answered. */
class SparkSqlTest {

  private final SparkSql sql = new SparkSql(SharedSpark.session());

  @TempDir private Path folder;

  @Test
  void dataFileThatIsGoneIsNamed() throws Exception {
    Path table = SmallTable.in(folder);
    Path file = dataFile(table);
    Files.delete(file);

    assertStop("SELECT * FROM delta.`%s`".formatted(table), ExitCode.REFUSED)
        .contains(file.getFileName().toString())
        .contains("landfall consumer replay");
  }

  @Test
  void dataFileThatIsNoneIsNamed() throws Exception {
    Path table = SmallTable.in(folder);
    Path file = dataFile(table);
    Files.writeString(file, "x".repeat((int) Files.size(file)));
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));

    assertStop("SELECT * FROM delta.`%s`".formatted(table), ExitCode.REFUSED)
        .contains(file.getFileName().toString())
        .contains("landfall consumer replay");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1 / 0",
        "SELECT CAST('a' AS INT)",
        "SELECT nothing",
        "SELECT * FROM nothing",
        "SELECT raise_error('a\nb')",
        "SELECT date_format(current_timestamp(), 'QQQQQQQ')",
        "SELECT decode(X'ff', 'nothing')",
        "SELECT * FROM delta.`/nothing`",
        "SELECT (",
        ""
      })
  void faultsOfTheStatementAreToldInOneLine(String statement) {
    assertStop(statement, ExitCode.USAGE).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "NOT ", "abs(", "- ", "array("})
  void nestingWithoutEndIsRefused(String opened) {
    String statement =
        "SELECT " + opened.repeat(20_000) + "1" + (opened.endsWith("(") ? ")" : "").repeat(20_000);

    assertThatThrownBy(() -> SparkSql.require(statement, Map.of()))
        .isInstanceOfSatisfying(
            LandfallException.class, stop -> assertThat(stop.exitCode()).isEqualTo(ExitCode.USAGE));
  }

  private org.assertj.core.api.AbstractStringAssert<?> assertStop(String statement, ExitCode code) {
    return assertThatThrownBy(
            () -> sql.run(statement, result -> result.json().forEachRemaining(row -> {})))
        .isInstanceOfSatisfying(
            LandfallException.class, stop -> assertThat(stop.exitCode()).isEqualTo(code))
        .message()
        .doesNotContain("\n", "\tat ");
  }

  private static Path dataFile(Path table) throws IOException {
    try (Stream<Path> files = Files.list(table)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
  }
}
