package io.landfall.sandbox.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.landfall.cli.LandfallException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** One of Landfall's programs while it runs. Closing it kills it, if it still does. */
public final class ChildProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final long LOOK_AGAIN_MS = 20;

  private final Process process;
  private final Path output;
  private final Path log;

  private ChildProcess(Process process, Path output, Path log) {
    this.process = process;
    this.output = output;
    this.log = log;
  }

  /** The folder of the project: the landfall script and the tests tell it. */
  public static Path home() {
    String home = System.getProperty("landfall.home");
    if (home == null) {
      throw new IllegalStateException("The system property landfall.home is not set");
    }
    return Path.of(home);
  }

  /**
   * Starts a program.
   *
   * @param files a path without an ending: NAME.out gets standard output, NAME.log standard error
   * @param environment settings on top of the caller's environment without its own settings
   * @param arguments the command and its flags
   */
  public static ChildProcess start(
      Part part, Path files, Map<String, String> environment, List<String> arguments) {
    List<String> command = new ArrayList<>(part.command());
    command.addAll(arguments);
    Path output = Path.of(files + ".out");
    Path log = Path.of(files + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(log.toFile());
    builder.environment().keySet().removeIf(variable -> variable.startsWith("LANDFALL_"));
    builder.environment().putAll(environment);
    try {
      return new ChildProcess(builder.start(), output, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it has printed so far. */
  public String output() {
    return text(output);
  }

  /** What it has logged so far, errors too. */
  public String log() {
    return text(log);
  }

  /** What it has logged so far, errors too, and then what it has printed. */
  public String logAndOutput() {
    return text(log) + text(output);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for the line with the word {@code ready}. */
  public ChildProcess ready() throws InterruptedException {
    await("ready", () -> output().contains("ready"));
    return this;
  }

  /**
   * Waits for something that this program is to bring about.
   *
   * @throws LandfallException if it has not come in time, or the program ends
   */
  public void await(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end || !process.isAlive()) {
        throw failed("%s was not seen".formatted(what));
      }
      Thread.sleep(LOOK_AGAIN_MS);
    }
  }

  /** Waits for the end and gives the exit code. */
  public int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw failed("its end was not seen");
    }
    return process.exitValue();
  }

  private LandfallException failed(String what) {
    String state =
        process.isAlive() ? "still runs" : "has ended with exit code " + process.exitValue();
    return LandfallException.unavailable(
        "%s within %d s; the program %s and said:%n%s"
            .formatted(what, PATIENCE.toSeconds(), state, logAndOutput()),
        new IllegalStateException(what));
  }

  public boolean isRunning() {
    return process.isAlive();
  }

  public long pid() {
    return process.pid();
  }

  /** SIGKILL: it has no say in it. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM, without waiting for what comes of it. */
  public void terminate() {
    process.destroy();
  }

  /** SIGTERM, and the exit code. */
  public int stop() throws InterruptedException {
    terminate();
    return exitCode();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
