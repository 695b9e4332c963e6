package io.landfall.cli;

import java.io.PrintStream;
import java.util.function.Function;

/** What is done around the run of each command of a program. */
public interface Around {

  /** Nothing. */
  Around NOTHING = (command, settings, out, ends) -> command.run(settings, out);

  /**
   * Runs a command, and throws what it throws.
   *
   * @param ends how a run ends in which that is thrown
   */
  ExitCode run(Command command, Settings settings, PrintStream out, Function<Throwable, End> ends)
      throws InterruptedException;
}
