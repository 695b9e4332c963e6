package io.landfall.producer.command;

import io.landfall.cli.Command;
import io.landfall.cli.ExitCode;
import io.landfall.cli.Progress;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.producer.fetch.FetchSettings;
import io.landfall.producer.fetch.Listed;
import io.landfall.producer.http.HttpSettings;
import io.landfall.producer.ledger.KafkaLedger;
import io.landfall.producer.ledger.Known;
import io.landfall.producer.source.Connector;
import java.io.PrintStream;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the next run would do and why: it asks for the listing, for no item, and keeps nothing. */
public final class PlanCommand implements Command {

  private final Connector connector;
  private final Clock clock;

  public PlanCommand(Connector connector, Clock clock) {
    this.connector = connector;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "plan";
  }

  @Override
  public String description() {
    return "Shows what the next run would fetch and why. It asks the API for the listing only.";
  }

  @Override
  public List<Setting<?>> settings() {
    return Stream.of(KafkaSettings.ALL, Fetching.settings(connector))
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public List<String> problems(Settings settings) {
    return FetchSettings.problems(settings);
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) throws InterruptedException {
    Known known = Known.NOTHING;
    try (Cluster cluster = Cluster.look(settings, connector)) {
      cluster.refuseLostLedger();
      if (!cluster.missing().contains(cluster.topics().ledger())) {
        known = KafkaLedger.read(cluster.connection(), cluster.topics());
      }
    }
    Listed listed = Fetching.plan(settings, known, connector, clock, Progress.on(out, clock));
    new PlanLines(connector, requestsPerSecond(settings)).of(listed).forEach(out::println);
    return listed.listing().problems().isEmpty() ? ExitCode.OK : ExitCode.UNAVAILABLE;
  }

  private Optional<Double> requestsPerSecond(Settings settings) {
    HttpSettings http = HttpSettings.of(settings);
    return connector.probes(LocalDate.ofInstant(clock.instant(), connector.zone())).stream()
        .flatMap(probe -> http.requestsPerSecondTo(settings.get(probe.base())).stream())
        .min(Comparator.naturalOrder());
  }
}
