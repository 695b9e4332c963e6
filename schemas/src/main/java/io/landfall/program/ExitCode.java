package io.landfall.program;

/** How a program ended, for whatever started it. */
public enum ExitCode {
  /** Done what was asked. */
  OK(0),
  /** A fault of the program itself; the stack trace is meant for its makers. */
  BUG(1),
  /** Wrong flags, settings or SQL: nothing was started. */
  USAGE(2),
  /** Something outside did not answer; the same command may well succeed later. */
  UNAVAILABLE(3),
  /** Going on might lose, double or overwrite data; somebody must decide. */
  REFUSED(4),
  /** Another instance of the same program took over. */
  SUPERSEDED(5),
  /** Stopped by a signal before it was done; what it had committed stays. */
  INTERRUPTED(130);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
