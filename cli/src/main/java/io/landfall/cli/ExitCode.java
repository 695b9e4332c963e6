package io.landfall.cli;

/** How a program ended, for whatever started it. */
public enum ExitCode {
  OK(0, "done what was asked"),
  BUG(1, "a fault of the program itself, with a stack trace and where to report it"),
  USAGE(2, "wrong flags, settings, credentials or SQL: nothing was started"),
  UNAVAILABLE(
      3, "something outside did not answer or gave way; the same command may succeed later"),
  REFUSED(4, "going on might lose, double or overwrite data: somebody must decide"),
  SUPERSEDED(5, "another instance of the same program took over"),
  INTERRUPTED(130, "stopped by a signal before it was done; what it had committed stays");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** For help texts and pages. */
  public String meaning() {
    return meaning;
  }

  public int code() {
    return code;
  }
}
