package io.landfall.producer;

import io.landfall.cli.Command;
import io.landfall.cli.Program;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.cli.metrics.Monitoring;
import io.landfall.producer.command.DeadLettersDismissCommand;
import io.landfall.producer.command.DeadLettersListCommand;
import io.landfall.producer.command.DeadLettersReplayCommand;
import io.landfall.producer.command.DeadLettersShowCommand;
import io.landfall.producer.command.DiffCommand;
import io.landfall.producer.command.FetchCommand;
import io.landfall.producer.command.PlanCommand;
import io.landfall.producer.command.ReshapeCommand;
import io.landfall.producer.command.RunCommand;
import io.landfall.producer.command.ScheduleCommand;
import io.landfall.producer.command.ShapeCommand;
import io.landfall.producer.command.StatusCommand;
import io.landfall.producer.nhl.NhlConnector;
import io.landfall.producer.source.Connector;
import io.landfall.schemas.Access;
import java.time.Clock;
import java.util.List;

/** The producer at the command line. */
public final class ProducerMain {

  private ProducerMain() {}

  /** Runs one command and exits. */
  public static void main(String[] args) {
    program(new NhlConnector(), Clock.systemUTC()).runAndExit(args);
  }

  /** The producer of one API's data. */
  public static Program program(Connector connector, Clock clock) {
    return new Program(
            "landfall producer",
            "Fetches REST API data and shapes it into rows on Kafka.",
            commands(connector, clock))
        .needing(
            (command, settings) ->
                Access.needed(
                    "producer",
                    command,
                    connector
                        .dataset()
                        .withTopicPrefix(KafkaSettings.topicPrefix(settings))
                        .topics()))
        .within(new Monitoring("producer", clock));
  }

  static List<Command> commands(Connector connector, Clock clock) {
    return List.of(
        new RunCommand(connector, clock),
        new ScheduleCommand(connector, clock),
        new PlanCommand(connector, clock),
        new FetchCommand(connector, clock),
        new ShapeCommand(connector, clock),
        new ReshapeCommand(connector, clock),
        new DiffCommand(connector),
        new StatusCommand(connector),
        new DeadLettersListCommand(connector),
        new DeadLettersShowCommand(connector),
        new DeadLettersReplayCommand(connector),
        new DeadLettersDismissCommand(connector, clock));
  }
}
