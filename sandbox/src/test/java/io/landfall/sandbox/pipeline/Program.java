package io.landfall.sandbox.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** One of Landfall's programs, running as a process of its own with its own class path. */
final class Program implements AutoCloseable {

  private static final Path HOME = Path.of(System.getProperty("landfall.home"));
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Process process;
  private final Path output;

  private Program(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /**
   * Starts a program as the landfall script does.
   *
   * @param module producer, consumer or sandbox
   * @param output the file for standard output and error
   */
  static Program start(String module, String mainClass, Path output, List<String> arguments) {
    Path folder = HOME.resolve(module);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + folder.resolve("jvm.options"));
    command.add("-cp");
    command.add(folder.resolve("target/classes") + ":" + folder.resolve("target/lib") + "/*");
    command.add("io.landfall." + mainClass);
    command.addAll(arguments);
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      return new Program(process, output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String output() {
    try {
      return Files.readString(output, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for the line with the word {@code ready}. */
  Program ready() throws InterruptedException {
    await("ready", () -> output().contains("ready"));
    return this;
  }

  /** Waits for something that this program is to bring about. */
  void await(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end || !process.isAlive()) {
        throw new AssertionError(
            "Not seen: %s. The program %s; it said:%n%s"
                .formatted(what, process.isAlive() ? "still runs" : "has ended", output()));
      }
      Thread.sleep(20);
    }
  }

  /** Waits for the end and gives the exit code. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("Still running; it said:\n" + output());
    }
    return process.exitValue();
  }

  boolean isRunning() {
    return process.isAlive();
  }

  /** SIGKILL: it has no say in it. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM, and the exit code. */
  int stop() throws InterruptedException {
    process.destroy();
    return exitCode();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
