package io.landfall.cli;

import java.io.PrintStream;
import java.util.List;

/** One thing that a program can be told to do. */
public interface Command {

  /** The word or words that call it, for example {@code run} or {@code dead-letters list}. */
  String name();

  /** One sentence for the help text. */
  String description();

  /** The settings it reads, in the order of the help text. */
  List<Setting<?>> settings();

  /**
   * What is wrong with settings that are right one by one; empty when nothing is.
   *
   * @param settings without those that are missing or wrong in themselves, which is told together
   *     with what is found here
   */
  default List<String> problems(Settings settings) {
    return List.of();
  }

  /**
   * What it can still show when something is wrong with the settings; nothing by default. The
   * problems themselves are told in any case.
   *
   * @param right without those that are missing or wrong
   */
  default void despiteProblems(Settings right, PrintStream out) {}

  /**
   * Does it.
   *
   * @param out for results; what happens on the way is logged. Text for people is made printable
   *     ({@link PrintableStream}), CSV and JSON stay exact
   * @throws LandfallException when it cannot go on for a reason that the user can act on
   */
  ExitCode run(Settings settings, PrintStream out) throws InterruptedException;
}
