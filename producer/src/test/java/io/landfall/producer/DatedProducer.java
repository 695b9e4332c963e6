package io.landfall.producer;

import io.landfall.producer.nhl.NhlConnector;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** {@code landfall producer} at another time than now: the variable {@code NOW} tells which. */
public final class DatedProducer {

  private DatedProducer() {}

  public static void main(String[] args) {
    Clock machine = Clock.systemUTC();
    Duration away = Duration.between(machine.instant(), Instant.parse(System.getenv("NOW")));
    ProducerMain.program(new NhlConnector(), Clock.offset(machine, away)).runAndExit(args);
  }
}
