package io.landfall.producer.command;

import io.landfall.cli.Command;
import io.landfall.cli.End;
import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.cli.metrics.MeasuredCommand;
import io.landfall.cli.metrics.Metrics;
import io.landfall.producer.source.Connector;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A command for one source at a time, in a program that may know several. */
public final class OneSource implements MeasuredCommand {

  private final Sources sources;
  private final Function<Connector, Command> of;

  /** Of whichever, as they tell the same of themselves. */
  private final Command any;

  /** The one that was run; none where it was not even known which. */
  private volatile @Nullable Command chosen;

  public OneSource(Sources sources, Function<Connector, Command> of) {
    this.sources = sources;
    this.of = of;
    this.any = of.apply(sources.usual());
  }

  @Override
  public String name() {
    return any.name();
  }

  @Override
  public String description() {
    return any.description();
  }

  @Override
  public List<Setting<?>> settings() {
    return Stream.concat(
            any.settings().stream(),
            Stream.of(LandfallSettings.SOURCE, LandfallSettings.ANSWERS_TABLE))
        .toList();
  }

  @Override
  public List<String> problems(Settings settings) {
    return Stream.concat(sources.problems(settings).stream(), any.problems(settings).stream())
        .toList();
  }

  @Override
  public void despiteProblems(Settings right, PrintStream out) {
    any.despiteProblems(right, out);
  }

  @Override
  public boolean goesOn(Settings settings) {
    return any instanceof MeasuredCommand measured && measured.goesOn(settings);
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out, Metrics metrics)
      throws InterruptedException {
    Command command = of.apply(sources.chosen(settings));
    chosen = command;
    return command instanceof MeasuredCommand measured
        ? measured.run(settings, out, metrics)
        : command.run(settings, out);
  }

  @Override
  public void ended(Settings settings, End end, Metrics metrics) {
    if (chosen instanceof MeasuredCommand measured) {
      measured.ended(settings, end, metrics);
    }
  }
}
