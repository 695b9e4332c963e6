package io.landfall.program;

import java.io.PrintStream;
import java.util.List;
import java.util.function.BiConsumer;

/** Resolves every setting, then does one thing with them. */
record ConfigVerb(
    String name,
    String description,
    List<Verb> verbs,
    BiConsumer<Settings, PrintStream> action,
    BiConsumer<Settings, PrintStream> despite)
    implements Verb {

  @Override
  public List<Setting<?>> settings() {
    // Nothing is started, so nothing is missing: what a verb requires is only looked at if given.
    return LandfallSettings.ALL.stream().<Setting<?>>map(Setting::notRequired).toList();
  }

  @Override
  public List<String> problems(Settings settings) {
    return verbs.stream().flatMap(verb -> verb.problems(settings).stream()).distinct().toList();
  }

  @Override
  public void despiteProblems(Settings right, PrintStream out) {
    despite.accept(right, out);
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) {
    action.accept(settings, out);
    return ExitCode.OK;
  }
}
