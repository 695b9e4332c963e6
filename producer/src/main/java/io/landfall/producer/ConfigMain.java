package io.landfall.producer;

import io.landfall.program.ConfigProgram;
import java.time.Clock;

/** The settings of all programs at the command line. Here, because here cron is understood. */
public final class ConfigMain {

  private ConfigMain() {}

  /** Runs one verb and exits. */
  public static void main(String[] args) {
    ConfigProgram.of(ProducerMain.verbs(Clock.systemUTC())).runAndExit(args);
  }
}
