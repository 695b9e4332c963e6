package io.landfall.cli;

/** One thing outside that {@code config check --online} asks. Changes nothing. */
public interface OnlineCheck {

  /**
   * What was found.
   *
   * @param exitCode what a program would end with, {@link ExitCode#OK} if all is well
   * @param text one line
   */
  record Finding(ExitCode exitCode, String text) {

    /** All is well. */
    public static Finding ok(String text) {
      return new Finding(ExitCode.OK, text);
    }

    /** What a program would have ended with. */
    public static Finding of(LandfallException stop) {
      return new Finding(stop.exitCode(), String.valueOf(stop.getMessage()));
    }
  }

  /** What is asked, in a word or two. */
  String name();

  /** Asks. */
  Finding ask(Settings settings) throws InterruptedException;
}
