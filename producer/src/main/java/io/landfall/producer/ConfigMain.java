package io.landfall.producer;

import io.landfall.producer.command.OnlineChecks;
import io.landfall.program.ConfigProgram;
import java.time.Clock;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The settings of all programs at the command line. Here, because here cron, Streams and the API
 * are understood.
 */
public final class ConfigMain {

  private ConfigMain() {}

  /** Runs one verb and exits. */
  public static void main(String[] args) {
    Clock clock = Clock.systemUTC();
    ConfigProgram.of(
            ProducerMain.verbs(clock), StreamsConfig.configDef().names(), OnlineChecks.all(clock))
        .runAndExit(args);
  }
}
