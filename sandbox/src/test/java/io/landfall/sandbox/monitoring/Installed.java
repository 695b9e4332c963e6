package io.landfall.sandbox.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program of somebody else, where it is installed; the test is skipped where it is not. */
public record Installed(Path file) {

  private static final long PATIENCE_SECONDS = 60;

  /**
   * Looks for it on the path.
   *
   * @param names what it is called, on one system or another
   */
  public static Installed program(String... names) {
    Optional<Path> found = find(names);
    assumeTrue(found.isPresent(), () -> names[0] + " is not installed");
    return new Installed(found.orElseThrow());
  }

  /** Whether it is installed, for a test that has more to look at. */
  public static boolean isThere(String name) {
    return find(name).isPresent();
  }

  private static Optional<Path> find(String... names) {
    return Stream.of(System.getenv("PATH").split(":"))
        .flatMap(folder -> Stream.of(names).map(Path.of(folder)::resolve))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts it. */
  Process start(Path log, Map<String, String> environment, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(file.toString()));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Runs it to its end, which must be a good one. */
  public String run(Path log, List<String> arguments) throws IOException, InterruptedException {
    Process process = start(log, Map.of(), arguments);
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      String said = Files.readString(log);
      assertThat(process.exitValue()).as(said).isZero();
      return said;
    } finally {
      process.destroyForcibly();
    }
  }
}
