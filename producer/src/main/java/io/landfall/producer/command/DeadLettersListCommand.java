package io.landfall.producer.command;

import io.landfall.cli.Command;
import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.producer.deadletter.KafkaArchive;
import io.landfall.producer.deadletter.Standing;
import io.landfall.producer.source.Connector;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Stream;

/** Every dead letter, newest last, and whether anything is left to do. */
public final class DeadLettersListCommand implements Command {

  private final Connector connector;

  public DeadLettersListCommand(Connector connector) {
    this.connector = connector;
  }

  @Override
  public String name() {
    return "dead-letters list";
  }

  @Override
  public String description() {
    return "Lists the records that shape could not use, newest last: OPEN, RESOLVED where it could use what came later for the item, or DISMISSED.";
  }

  @Override
  public List<Setting<?>> settings() {
    return Stream.concat(KafkaSettings.ALL.stream(), Stream.of(LandfallSettings.OUTPUT)).toList();
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) throws InterruptedException {
    try (Cluster cluster = Cluster.look(settings, connector)) {
      List<Standing> standings =
          Letters.exist(cluster) ? Letters.with(cluster, KafkaArchive::standings) : List.of();
      LetterPrinter.print(standings, settings.get(LandfallSettings.OUTPUT), out);
      return ExitCode.OK;
    }
  }
}
