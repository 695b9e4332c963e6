package io.landfall.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs main classes on the old Spark, each in a JVM of its own. */
final class OldRuntime {

  private static final List<String> CLASS_PATH =
      Arrays.asList(
          System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
              .split(File.pathSeparator));

  private final Path folder;

  OldRuntime(Path folder) {
    this.folder = folder;
  }

  /** The thin jar, as the build made it. */
  static Path thinJar() {
    return CLASS_PATH.stream()
        .filter(entry -> entry.endsWith("-thin.jar"))
        .map(Path::of)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No thin jar in " + CLASS_PATH));
  }

  /** The file names of the jars. */
  static List<String> jars() {
    return CLASS_PATH.stream()
        .filter(entry -> entry.endsWith(".jar"))
        .map(entry -> Path.of(entry).toFile().getName())
        .toList();
  }

  /** How a program ended, and what it printed. */
  record End(int exitCode, String printed) {}

  /** Runs it to its end, which has to be a good one, and returns what it printed. */
  String run(String mainClass, String... arguments) throws IOException, InterruptedException {
    End end = end(mainClass, arguments);
    assertThat(end.exitCode()).as(end.printed()).isZero();
    return end.printed();
  }

  End end(String mainClass, String... arguments) throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "output", ".log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=" + folder));
    command.addAll(List.of("-cp", String.join(File.pathSeparator, CLASS_PATH), mainClass));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      return new End(process.waitFor(), Files.readString(output));
    } finally {
      process.destroyForcibly();
    }
  }
}
