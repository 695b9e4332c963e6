package io.landfall.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StorageLocationTest {

  private static final Path HERE = Path.of("").toAbsolutePath();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3a://bucket/t",
        "S3://bucket/t",
        "s3a:/x",
        "hdfs:",
        "hdfs:///t",
        "abfss://c@a.dfs.core.windows.net/t",
        "dbfs:/x",
        "gs:",
        "gs:bucket",
        "viewfs:/t",
        "C:\\data",
        "c:/data",
        " s3a://bucket/t",
        "my_store://t",
        "://t",
        "a:b"
      })
  void anotherSchemeIsRefused(String text) {
    assertThatThrownBy(() -> StorageLocation.local(text))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .matches("(?s).*(is a URI scheme, and no storage|is a drive of Windows).*");
  }

  @ParameterizedTest
  @CsvSource({
    "file:/x/y,/x/y",
    "file:///x/y,/x/y",
    "FILE:///x,/x",
    "file://localhost/x,/x",
    "file:/a b,/a b",
    "/x/a:b,/x/a:b",
    "/x//y/../z,/x/z"
  })
  void aPathOfThisMachineIsTaken(String text, String path) {
    assertThat(StorageLocation.local(text)).isEqualTo(Path.of(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"./a:b", "a/b:c", "10:30", "../s3a:x", "x y"})
  void aRelativePathBecomesAbsolute(String text) {
    assertThat(StorageLocation.local(text)).isEqualTo(HERE.resolve(text).normalize());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"file:", "file:x", "file://host/x", "file:///a%20b", "file:/a?b", "", " "})
  void whatAFileUriLeavesOpenIsRefused(String text) {
    assertThatThrownBy(() -> StorageLocation.local(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected");
  }

  @ParameterizedTest
  @ValueSource(strings = {"scratch-dir", "state-dir", "ready-file", "config"})
  void everySettingOfAPathRefusesIt(String key) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ExitCode code =
        ConfigProgram.of(List.of(), Set.of(), List.of())
            .run(
                Map.of(),
                new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
                new PrintStream(err, true, UTF_8),
                "check",
                "--" + key,
                "s3a://KEY:SECRET@bucket/t");
    assertThat(code).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(UTF_8))
        .contains("--" + key, "s3a: is a URI scheme, and no storage for it can be opened")
        .doesNotContain("SECRET", "KEY");
  }

  @Test
  void aRelativePathIsShownAbsolute() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ConfigProgram.of(List.of(), Set.of(), List.of())
        .run(
            Map.of("LANDFALL_TABLE", "bronze/t"),
            new PrintStream(out, true, UTF_8),
            new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
            "show");
    assertThat(out.toString(UTF_8)).contains(HERE.resolve("bronze/t").toString());
  }
}
