package io.landfall.producer;

import io.landfall.cli.Program;
import io.landfall.cli.Verb;
import io.landfall.producer.command.FetchVerb;
import io.landfall.producer.command.RunVerb;
import io.landfall.producer.command.ScheduleVerb;
import io.landfall.producer.command.ShapeVerb;
import io.landfall.producer.command.StatusVerb;
import io.landfall.producer.nhl.NhlConnector;
import io.landfall.producer.source.Connector;
import java.time.Clock;
import java.util.List;

/** The producer at the command line. */
public final class ProducerMain {

  private ProducerMain() {}

  /** Runs one verb and exits. */
  public static void main(String[] args) {
    program(new NhlConnector(), Clock.systemUTC()).runAndExit(args);
  }

  /** The producer of one API's data. */
  public static Program program(Connector connector, Clock clock) {
    return new Program(
        "landfall producer",
        "Fetches REST API data and shapes it into rows on Kafka.",
        verbs(connector, clock));
  }

  static List<Verb> verbs(Connector connector, Clock clock) {
    return List.of(
        new RunVerb(connector, clock),
        new ScheduleVerb(connector, clock),
        new FetchVerb(connector, clock),
        new ShapeVerb(connector, clock),
        new StatusVerb(connector));
  }
}
