package io.landfall.consumer.command;

import io.landfall.cli.Command;
import io.landfall.cli.End;
import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.cli.metrics.MeasuredCommand;
import io.landfall.cli.metrics.Metrics;
import io.landfall.schemas.Dataset;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** A command for one dataset at a time, in a program that may know several. */
public final class OneDataset implements MeasuredCommand {

  private final Datasets datasets;
  private final Function<Dataset, Command> of;

  /** Of whichever, as they tell the same of themselves. */
  private final Command any;

  public OneDataset(Datasets datasets, Function<Dataset, Command> of) {
    this.datasets = datasets;
    this.of = of;
    this.any = of.apply(datasets.known().get(0));
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
    return Stream.of(
            any.settings(), List.<Setting<?>>of(LandfallSettings.DATASET), KafkaSettings.ALL)
        .flatMap(List::stream)
        .distinct()
        .toList();
  }

  @Override
  public List<String> problems(Settings settings) {
    List<String> tables = datasets.tables(settings);
    if (tables.isEmpty()) {
      return datasets.problems(settings);
    }
    List<String> problems =
        new ArrayList<>(
            tables.size() == 1
                ? datasets.problems(settings)
                : List.of(
                    "--dataset: %s is for one at a time; there is %s"
                        .formatted(name(), String.join(", ", tables))));
    problems.addAll(any.problems(settings.of(tables.get(0))));
    return problems;
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
    Dataset dataset = datasets.chosen(settings).get(0);
    Command command = of.apply(dataset);
    return command instanceof MeasuredCommand measured
        ? measured.run(settings.of(dataset.name()), out, metrics)
        : command.run(settings.of(dataset.name()), out);
  }

  @Override
  public void ended(Settings settings, End end, Metrics metrics) {
    for (Dataset dataset : datasets.found(settings)) {
      if (of.apply(dataset) instanceof MeasuredCommand measured) {
        measured.ended(settings.of(dataset.name()), end, metrics);
      }
    }
  }
}
