package io.landfall.cli;

/**
 * The program cannot go on, for a reason that its user can act on: the message says what went
 * wrong, why, and what to do. It is printed without a stack trace.
 */
public final class LandfallException extends RuntimeException {

  private final ExitCode exitCode;

  private LandfallException(ExitCode exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
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

  public ExitCode exitCode() {
    return exitCode;
  }
}
