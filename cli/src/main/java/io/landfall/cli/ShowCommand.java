package io.landfall.cli;

import java.io.PrintStream;
import java.util.List;

/** {@code config show}: each value and where it came from, whatever else is wrong. */
record ShowCommand(List<Command> commands) implements Command {

  @Override
  public String name() {
    return "show";
  }

  @Override
  public String description() {
    return "Shows each value and where it came from; secrets are masked.";
  }

  @Override
  public List<Setting<?>> settings() {
    return ConfigProgram.settings();
  }

  @Override
  public List<String> problems(Settings settings) {
    return ConfigProgram.problems(commands, settings);
  }

  @Override
  public void despiteProblems(Settings right, PrintStream out) {
    right.described().forEach(out::println);
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) {
    settings.described().forEach(out::println);
    return ExitCode.OK;
  }
}
