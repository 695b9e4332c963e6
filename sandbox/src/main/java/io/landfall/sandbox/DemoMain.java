package io.landfall.sandbox;

import io.landfall.cli.Program;
import io.landfall.sandbox.demo.DemoCommand;
import java.util.List;

/** {@code landfall demo}. */
public final class DemoMain {

  private DemoMain() {}

  /** Runs the demo and exits. */
  public static void main(String[] args) {
    new Program("landfall", "The main job on this machine.", List.of(new DemoCommand()))
        .runAndExit(args);
  }
}
