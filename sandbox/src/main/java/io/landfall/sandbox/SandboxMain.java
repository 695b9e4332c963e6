package io.landfall.sandbox;

import io.landfall.program.Program;
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
            "A broker and a simulated API on this machine, and a demo of the whole flow.",
            List.of(new BrokerVerb(), new ApiVerb()))
        .runAndExit(args);
  }
}
