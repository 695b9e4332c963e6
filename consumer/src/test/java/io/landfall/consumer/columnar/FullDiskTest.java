package io.landfall.consumer.columnar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.landfall.consumer.testing.Readings;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a real disk of a few kilobytes, where this user may mount one; skipped elsewhere. */
class FullDiskTest {

  @TempDir Path folder;

  private static int run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    return process.waitFor();
  }

  @BeforeEach
  void mount() throws InterruptedException {
    boolean mounted;
    try {
      mounted = run("mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", folder.toString()) == 0;
    } catch (IOException e) {
      mounted = false;
    }
    Assumptions.assumeTrue(mounted, "This user may not mount a small disk");
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    // Lazily: Parquet's writer keeps its file open when the last flush fails.
    run("umount", "-l", folder.toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {5_000, 20_000, 100_000})
  void theReasonIsTheDiskAndNotWhatTheWriterSaysWhenItIsThrownAway(int rows) throws IOException {
    ColumnarFile file = Readings.file(Readings.FIRST, folder);
    Throwable failure = catchThrowable(() -> write(file, rows));
    assertThat(failure).hasStackTraceContaining("No space left on device");
    // Called within a finally: whatever it throws would hide the reason.
    assertThatCode(file::close).doesNotThrowAnyException();
    assertThat(folder).isEmptyDirectory();
  }

  private static void write(ColumnarFile file, int rows) throws IOException {
    for (int hour = 0; hour < rows; hour++) {
      Readings.append(file, Readings.reading(Readings.FIRST.schema(), hour, 1, "UPSERT"), 0, hour);
    }
    var unused = file.finish();
  }
}
