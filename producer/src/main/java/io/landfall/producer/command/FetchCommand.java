package io.landfall.producer.command;

import io.landfall.cli.End;
import io.landfall.cli.ExitCode;
import io.landfall.cli.Progress;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.cli.lineage.LineageSettings;
import io.landfall.cli.metrics.MeasuredCommand;
import io.landfall.cli.metrics.Metrics;
import io.landfall.producer.fetch.FetchSettings;
import io.landfall.producer.source.Connector;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Fetch what is due, end. */
public final class FetchCommand implements MeasuredCommand {

  private final Connector connector;
  private final Clock clock;

  public FetchCommand(Connector connector, Clock clock) {
    this.connector = connector;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "fetch";
  }

  @Override
  public String description() {
    return "Fetches what is due into the archive, then ends; shape does the rest.";
  }

  @Override
  public List<Setting<?>> settings() {
    return Stream.of(KafkaSettings.ALL, Fetching.settings(connector), LineageSettings.ALL, WRITTEN)
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public List<String> problems(Settings settings) {
    return FetchSettings.problems(settings);
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out, Metrics metrics)
      throws InterruptedException {
    try (SourceFigures figures = new SourceFigures(connector, settings, metrics)) {
      figures.ofFetch();
      return fetch(settings, out, metrics);
    }
  }

  @Override
  public void ended(Settings settings, End end, Metrics metrics) {
    SourceFigures.ended(connector, end, metrics, clock);
  }

  private ExitCode fetch(Settings settings, PrintStream out, Metrics metrics)
      throws InterruptedException {
    try (Cluster cluster = Cluster.open(settings, connector, clock)) {
      Fetching.Outcome fetched =
          NotedRun.of(
              name(),
              cluster,
              clock,
              run -> {
                Fetching.Outcome outcome =
                    Fetching.run(
                        settings,
                        cluster,
                        connector,
                        clock,
                        Optional.empty(),
                        Progress.on(out, clock).living(metrics::alive),
                        metrics);
                NotedRun.fetched(outcome, run);
                return outcome;
              });
      fetched.with("fetch: " + fetched.summary()).lines().forEach(out::println);
      // Else shape would not come to them, and nobody would say so.
      cluster.awaitEnd(cluster.topics().answers());
      return fetched.exitCode();
    }
  }
}
