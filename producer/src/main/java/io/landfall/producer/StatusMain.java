package io.landfall.producer;

import io.landfall.cli.Program;
import io.landfall.producer.command.OneSource;
import io.landfall.producer.command.OverviewCommand;
import io.landfall.producer.command.Sources;
import io.landfall.producer.nhl.NhlConnector;
import io.landfall.producer.source.Connector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * {@code landfall status} at the command line. Here, because here ledger and source are understood;
 * the consumer is asked as a program of its own.
 */
public final class StatusMain {

  private StatusMain() {}

  /**
   * Runs the command and exits.
   *
   * @param args the word status, and its settings
   */
  public static void main(String[] args) {
    program(new NhlConnector(), Clock.systemUTC(), script(), args).runAndExit(args);
  }

  /**
   * The status of one API's data.
   *
   * @param script the landfall script; empty where there is none, and nobody asks the consumer
   * @param args among which a file of settings may be named
   */
  public static Program program(
      Connector connector, Clock clock, Optional<Path> script, String... args) {
    return program(Sources.of(connector, clock), clock, script, args);
  }

  private static Program program(
      Sources sources, Clock clock, Optional<Path> script, String... args) {
    return new Program(
            "landfall",
            "Lands REST API data in append-only bronze Delta tables, through Kafka.",
            List.of(
                new OneSource(
                    sources,
                    connector -> new OverviewCommand(connector, clock, script, config(args)))))
        .needing(sources.needs("landfall"));
  }

  private static Optional<Path> script() {
    return Optional.ofNullable(System.getProperty("landfall.home"))
        .map(home -> Path.of(home, "landfall"))
        .filter(Files::isExecutable);
  }

  /** As the program's own parser reads it, which keeps it to itself. */
  private static Optional<String> config(String... args) {
    Optional<String> config = Optional.empty();
    for (int i = 0; i < args.length; i++) {
      if (args[i].startsWith("--config=")) {
        config = Optional.of(args[i].substring("--config=".length()));
      } else if (args[i].equals("--config") && i + 1 < args.length) {
        config = Optional.of(args[i + 1]);
      }
    }
    return config;
  }
}
