package io.landfall.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tells whoever started a continuous command when it is up: a line on standard output and, where
 * one is asked for, a file that is there from then until the command ends. A container's health
 * check needs no more than to look whether the file exists. For one thread.
 */
public final class Readiness implements AutoCloseable {

  private final String command;
  private final Optional<Path> file;
  private final PrintStream out;
  private final Consumer<Boolean> told;
  private boolean announced;

  private Readiness(String command, Optional<Path> file, PrintStream out, Consumer<Boolean> told) {
    this.command = command;
    this.file = file;
    this.out = out;
    this.told = told;
  }

  /**
   * Not ready yet. A file that a killed process left behind is removed.
   *
   * @throws LandfallException if the file cannot be removed
   */
  public static Readiness notYet(Command command, Settings settings, PrintStream out) {
    return notYet(command, settings, out, ready -> {});
  }

  /**
   * The same.
   *
   * @param told when it is ready, and when it is not any more
   * @throws LandfallException if the file cannot be removed
   */
  public static Readiness notYet(
      Command command, Settings settings, PrintStream out, Consumer<Boolean> told) {
    Readiness ready =
        new Readiness(command.name(), settings.find(LandfallSettings.READY_FILE), out, told);
    ready.remove();
    return ready;
  }

  /**
   * Ready now. Said once, however often it is called.
   *
   * @throws LandfallException if the file cannot be written
   */
  public void announce() {
    if (announced) {
      return;
    }
    announced = true;
    file.ifPresent(Readiness::write);
    told.accept(true);
    out.println(command + ": ready");
    out.flush();
  }

  /** No longer ready. */
  @Override
  public void close() {
    told.accept(false);
    remove();
  }

  private static void write(Path path) {
    try {
      Files.write(path, new byte[0]);
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  private void remove() {
    if (file.isPresent()) {
      try {
        Files.deleteIfExists(file.get());
      } catch (IOException e) {
        throw unusable(file.get(), e);
      }
    }
  }

  private static LandfallException unusable(Path path, IOException e) {
    return StorageFailure.unusable("--ready-file", path, e);
  }
}
