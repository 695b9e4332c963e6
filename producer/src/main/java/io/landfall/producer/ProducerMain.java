package io.landfall.producer;

import io.landfall.producer.command.FetchVerb;
import io.landfall.producer.command.RunVerb;
import io.landfall.producer.command.ScheduleVerb;
import io.landfall.producer.command.ShapeVerb;
import io.landfall.producer.command.StatusVerb;
import io.landfall.program.Program;
import io.landfall.program.Verb;
import java.time.Clock;
import java.util.List;

/** The producer at the command line. */
public final class ProducerMain {

  private ProducerMain() {}

  /** Runs one verb and exits. */
  public static void main(String[] args) {
    new Program(
            "landfall producer",
            "Fetches REST API data and shapes it into rows on Kafka.",
            verbs(Clock.systemUTC()))
        .runAndExit(args);
  }

  static List<Verb> verbs(Clock clock) {
    return List.of(
        new RunVerb(clock),
        new ScheduleVerb(clock),
        new FetchVerb(clock),
        new ShapeVerb(clock),
        new StatusVerb());
  }
}
