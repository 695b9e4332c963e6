package io.landfall.sandbox;

import io.landfall.cli.Program;
import io.landfall.sandbox.api.ApiCommand;
import io.landfall.sandbox.broker.BrokerCommand;
import io.landfall.sandbox.collection.CollectionCommand;
import io.landfall.sandbox.recorded.RecordedCommand;
import java.util.List;

/** The sandbox at the command line. */
public final class SandboxMain {

  private SandboxMain() {}

  /** Runs one command and exits. */
  public static void main(String[] args) {
    new Program(
            "landfall sandbox",
            "A Kafka broker and simulated APIs on this machine, for trying out and for tests.",
            List.of(
                new BrokerCommand(),
                new ApiCommand(),
                new CollectionCommand(),
                new RecordedCommand()))
        .runAndExit(args);
  }
}
