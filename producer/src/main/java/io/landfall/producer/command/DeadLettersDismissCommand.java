package io.landfall.producer.command;

import io.landfall.cli.Command;
import io.landfall.cli.Count;
import io.landfall.cli.ExitCode;
import io.landfall.cli.Parsers;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.producer.deadletter.Dismissing;
import io.landfall.producer.deadletter.Origin;
import io.landfall.producer.deadletter.Standing;
import io.landfall.producer.source.Connector;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Records that nothing more is to be done for dead letters. */
public final class DeadLettersDismissCommand implements Command {

  private static final Setting<String> BECAUSE =
      Setting.required(
          "because",
          "TEXT",
          Parsers::text,
          "Why nothing more is to be done; it is kept with them.");

  private final Connector connector;
  private final Clock clock;

  public DeadLettersDismissCommand(Connector connector, Clock clock) {
    this.connector = connector;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "dead-letters dismiss";
  }

  @Override
  public String description() {
    return "Records that nothing more is to be done for records that shape could not use. Nothing is deleted; one that fails again is open again.";
  }

  @Override
  public List<Setting<?>> settings() {
    return Stream.concat(
            Stream.of(Letters.ORIGINS, Letters.ALL, BECAUSE), KafkaSettings.ALL.stream())
        .toList();
  }

  @Override
  public List<String> problems(Settings settings) {
    return Letters.problems(settings);
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) throws InterruptedException {
    Optional<List<Origin>> asked = settings.find(Letters.ORIGINS);
    try (Cluster cluster = Cluster.look(settings, connector)) {
      List<Standing> before =
          Letters.exist(cluster)
              ? Letters.with(
                  cluster,
                  archive -> Dismissing.of(archive, clock).run(asked, settings.get(BECAUSE)))
              : Letters.none(asked);
      before.forEach(standing -> out.println(line(standing)));
      out.println(
          "dead-letters dismiss: %s dismissed"
              .formatted(
                  Count.of(before.stream().filter(Standing::isOpen).count(), "dead letter")));
    }
    return ExitCode.OK;
  }

  private static String line(Standing standing) {
    return "%s: %s"
        .formatted(
            Letters.name(standing),
            standing.isOpen()
                ? "dismissed"
                : "stays as it is: " + standing.state().name().toLowerCase(Locale.ROOT));
  }
}
