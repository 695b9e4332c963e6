package io.landfall.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The program cannot go on, for a reason that its user can act on: the message says what went
 * wrong, why, and what to do. It is printed without a stack trace.
 */
public final class LandfallException extends RuntimeException {

  private final ExitCode exitCode;
  private final @Nullable RefusalReason reason;

  private LandfallException(ExitCode exitCode, String message, Throwable cause) {
    this(exitCode, null, message, cause);
  }

  private LandfallException(
      ExitCode exitCode, @Nullable RefusalReason reason, String message, Throwable cause) {
    super(Masked.text(message), cause);
    this.exitCode = exitCode;
    this.reason = reason;
  }

  /** Something outside does not answer. */
  @SuppressWarnings("NullAway") // a cause is optional, and Throwable says "none" by null
  public static LandfallException unavailable(String message) {
    return new LandfallException(ExitCode.UNAVAILABLE, message, null);
  }

  /** Something outside does not answer. */
  public static LandfallException unavailable(String message, Throwable cause) {
    return new LandfallException(ExitCode.UNAVAILABLE, message, cause);
  }

  /** Going on might lose, double or overwrite data. */
  @SuppressWarnings("NullAway") // a cause is optional, and Throwable says "none" by null
  public static LandfallException refused(String message) {
    return new LandfallException(ExitCode.REFUSED, message, null);
  }

  /** Going on might lose, double or overwrite data, for a reason that scripts can tell apart. */
  @SuppressWarnings("NullAway") // a cause is optional, and Throwable says "none" by null
  public static LandfallException refused(RefusalReason reason, String message) {
    return new LandfallException(ExitCode.REFUSED, reason, message, null);
  }

  /** Going on might lose, double or overwrite data. */
  public static LandfallException refused(String message, Throwable cause) {
    return new LandfallException(ExitCode.REFUSED, message, cause);
  }

  /** What the user asked for makes no sense. */
  @SuppressWarnings("NullAway") // a cause is optional, and Throwable says "none" by null
  public static LandfallException usage(String message) {
    return new LandfallException(ExitCode.USAGE, message, null);
  }

  /** What the user asked for makes no sense. */
  public static LandfallException usage(String message, Throwable cause) {
    return new LandfallException(ExitCode.USAGE, message, cause);
  }

  /** Another instance took over. */
  public static LandfallException superseded(String message, Throwable cause) {
    return new LandfallException(ExitCode.SUPERSEDED, message, cause);
  }

  /** Another instance took over, for a reason that scripts can tell apart. */
  @SuppressWarnings("NullAway") // a cause is optional, and Throwable says "none" by null
  public static LandfallException superseded(RefusalReason reason, String message) {
    return new LandfallException(ExitCode.SUPERSEDED, reason, message, null);
  }

  public ExitCode exitCode() {
    return exitCode;
  }

  /** Why, in one word, if it was refused for a reason that has one. */
  public Optional<RefusalReason> reason() {
    return Optional.ofNullable(reason);
  }
}
