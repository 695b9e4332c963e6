package io.landfall.producer;

import io.landfall.cli.Command;
import io.landfall.cli.Program;
import io.landfall.cli.metrics.Monitoring;
import io.landfall.producer.command.DeadLettersDismissCommand;
import io.landfall.producer.command.DeadLettersListCommand;
import io.landfall.producer.command.DeadLettersReplayCommand;
import io.landfall.producer.command.DeadLettersShowCommand;
import io.landfall.producer.command.DiffCommand;
import io.landfall.producer.command.FetchCommand;
import io.landfall.producer.command.OneSource;
import io.landfall.producer.command.PlanCommand;
import io.landfall.producer.command.ReshapeCommand;
import io.landfall.producer.command.RunCommand;
import io.landfall.producer.command.ScheduleCommand;
import io.landfall.producer.command.ShapeCommand;
import io.landfall.producer.command.SourceApplyCommand;
import io.landfall.producer.command.SourceCheckCommand;
import io.landfall.producer.command.SourceInferCommand;
import io.landfall.producer.command.SourceListCommand;
import io.landfall.producer.command.SourceSchemaCommand;
import io.landfall.producer.command.SourceShowCommand;
import io.landfall.producer.command.SourceTestCommand;
import io.landfall.producer.command.Sources;
import io.landfall.producer.command.StatusCommand;
import io.landfall.producer.nhl.NhlConnector;
import io.landfall.producer.source.Connector;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The producer at the command line. */
public final class ProducerMain {

  private ProducerMain() {}

  /** Runs one command and exits. */
  public static void main(String[] args) {
    program(new NhlConnector(), Clock.systemUTC()).runAndExit(args);
  }

  /** The producer of one API's data. */
  public static Program program(Connector connector, Clock clock) {
    return program(Sources.of(connector, clock), clock);
  }

  /** The producer of whichever API's data its user names. */
  public static Program program(Sources sources, Clock clock) {
    return new Program(
            "landfall producer",
            "Fetches REST API data and shapes it into rows on Kafka.",
            commands(sources, clock))
        .needing(sources.needs("producer"))
        .within(new Monitoring("producer", clock));
  }

  static List<Command> commands(Sources sources, Clock clock) {
    Stream<Command> ofOne =
        Stream.<Function<Connector, Command>>of(
                connector -> new RunCommand(connector, clock),
                connector -> new ScheduleCommand(connector, clock),
                connector -> new PlanCommand(connector, clock),
                connector -> new FetchCommand(connector, clock),
                connector -> new ShapeCommand(connector, clock),
                connector -> new ReshapeCommand(connector, clock),
                DiffCommand::new,
                connector -> new StatusCommand(connector, clock),
                DeadLettersListCommand::new,
                DeadLettersShowCommand::new,
                DeadLettersReplayCommand::new,
                connector -> new DeadLettersDismissCommand(connector, clock))
            .map(command -> new OneSource(sources, command));
    return Stream.concat(
            ofOne,
            Stream.of(
                new SourceInferCommand(clock),
                new SourceCheckCommand(),
                new SourceTestCommand(clock),
                new SourceApplyCommand(sources, clock),
                new SourceListCommand(clock),
                new SourceShowCommand(clock),
                new SourceSchemaCommand()))
        .toList();
  }
}
