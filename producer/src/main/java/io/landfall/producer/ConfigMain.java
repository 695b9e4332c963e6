package io.landfall.producer;

import io.landfall.cli.ConfigProgram;
import io.landfall.cli.Program;
import io.landfall.producer.command.OnlineChecks;
import io.landfall.producer.command.ShapeCommand;
import io.landfall.producer.command.Sources;
import io.landfall.producer.nhl.NhlConnector;
import io.landfall.producer.source.Connector;
import java.time.Clock;

/**
 * The settings of all programs at the command line. Here, because here cron, Streams and the API
 * are understood.
 */
public final class ConfigMain {

  private ConfigMain() {}

  /** Runs one command and exits. */
  public static void main(String[] args) {
    program(Clock.systemUTC()).runAndExit(args);
  }

  static Program program(Clock clock) {
    Connector connector = new NhlConnector();
    return ConfigProgram.of(
        ProducerMain.commands(Sources.of(connector, clock), clock),
        ShapeCommand.streamsNames(),
        OnlineChecks.all(connector, clock));
  }
}
