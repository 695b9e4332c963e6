package io.landfall.cli;

import com.fasterxml.jackson.core.JacksonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.SerializationException;

/**
 * How a failure ends a program. Every throwable has an ending; one that nobody foresaw is a fault
 * of the program itself.
 *
 * @param message what went wrong, why, and what to do; empty for a fault of the program
 * @param reason why it was refused, if it was for a reason that has a word
 */
record Ending(ExitCode exitCode, String message, Optional<RefusalReason> reason) {

  private static final String STOPPED = "stopped before it was done; what it had committed stays";

  Ending(ExitCode exitCode, String message) {
    this(exitCode, message, Optional.empty());
  }

  /**
   * The ending of a failure that no command dealt with.
   *
   * @param known what the program at hand knows of the failures of its own libraries
   */
  static Ending of(Throwable failure, Function<Throwable, Optional<LandfallException>> known) {
    return Causes.first(failure, LandfallException.class)
        .map(Ending::of)
        .or(() -> wrongSetting(failure))
        .or(() -> StorageFailure.of(failure).map(Ending::unavailable))
        .or(() -> known.apply(failure).map(Ending::of))
        .or(() -> outOfMemory(failure))
        .or(() -> outside(failure))
        .orElseGet(() -> new Ending(ExitCode.BUG, ""));
  }

  /**
   * The ending of a failure after the program was told to stop. Whatever a library makes of the
   * interrupt (a class that could not be loaded, a table that could not be read), it is the end
   * that was asked for.
   */
  static Ending ofStopping(
      Throwable failure, Function<Throwable, Optional<LandfallException>> known) {
    return failure instanceof LandfallException && !Causes.interrupted(failure)
        ? of(failure, known)
        : new Ending(ExitCode.INTERRUPTED, STOPPED);
  }

  private static Ending of(LandfallException stop) {
    String reason = stop.reason().map(why -> "\nreason: " + why.word()).orElse("");
    return new Ending(stop.exitCode(), stop.getMessage() + reason, stop.reason());
  }

  boolean isBug() {
    return exitCode == ExitCode.BUG;
  }

  private static Ending unavailable(String message) {
    return new Ending(ExitCode.UNAVAILABLE, message);
  }

  /** Kafka knows its own settings best; what was passed through to it is the user's. */
  private static Optional<Ending> wrongSetting(Throwable failure) {
    return Causes.first(failure, ConfigException.class)
        .map(
            e ->
                new Ending(
                    ExitCode.USAGE, "Kafka does not take a setting: %s".formatted(Reason.of(e))));
  }

  private static Optional<Ending> outOfMemory(Throwable failure) {
    return Causes.first(failure, OutOfMemoryError.class)
        .map(
            e ->
                unavailable(
                    "Java's memory is used up (%s). Give it more, for example LANDFALL_JAVA_OPTS=-Xmx2g; what was committed stays."
                        .formatted(Reason.of(e))));
  }

  private static Optional<Ending> outside(Throwable failure) {
    return Causes.of(failure).stream()
        .filter(
            cause ->
                (cause instanceof IOException && !(cause instanceof JacksonException))
                    || (cause instanceof UncheckedIOException && cause.getCause() == null)
                    || (cause instanceof ApiException
                        && !(cause instanceof SerializationException)))
        .findFirst()
        .map(
            cause ->
                unavailable(
                    "%s. What was committed stays; the same command goes on from there."
                        .formatted(Reason.of(cause).replaceAll("[.\\s]+$", ""))));
  }
}
