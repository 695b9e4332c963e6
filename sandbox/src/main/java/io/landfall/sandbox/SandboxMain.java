package io.landfall.sandbox;

import io.landfall.cli.Program;
import io.landfall.sandbox.api.ApiVerb;
import io.landfall.sandbox.broker.BrokerVerb;
import java.util.List;

/** The sandbox at the command line. */
public final class SandboxMain {

  private SandboxMain() {}

  /** Runs one verb and exits. */
  public static void main(String[] args) {
    new Program(
            "landfall sandbox",
            "A Kafka broker and a simulated NHL API on this machine, for trying out and for tests.",
            List.of(new BrokerVerb(), new ApiVerb()))
        .runAndExit(args);
  }
}
