package io.landfall.sandbox.broker;

import io.landfall.cli.Command;
import io.landfall.cli.ExitCode;
import io.landfall.cli.Parsers;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** {@code sandbox kafka}: a broker in the foreground, until it is told to stop. */
public final class BrokerCommand implements Command {

  private static final Setting<Integer> PORT =
      Setting.of(
          "port",
          "PORT",
          Parsers.integer(0, 65_535),
          "9092",
          "Where to listen on 127.0.0.1; 0 for any port that is free.");

  private static final Setting<Path> DATA =
      Setting.of(
          "data",
          "DIR",
          Parsers::path,
          "~/.landfall/kafka",
          "The broker's folder; what is in it is served again after a restart.");

  @Override
  public String name() {
    return "kafka";
  }

  @Override
  public String description() {
    return "Runs a Kafka broker on this machine, for trying out and for tests.";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(PORT, DATA);
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) throws InterruptedException {
    Path data = settings.get(DATA);
    try (LocalBroker broker = LocalBroker.start(settings.get(PORT), data)) {
      out.printf("Kafka broker ready at %s, data in %s%n", broker.address(), data);
      return awaitStop(broker);
    }
  }

  /**
   * Being told to stop is how this command ends well; a broker that stops by itself is a failure.
   */
  private static ExitCode awaitStop(LocalBroker broker) {
    try {
      broker.awaitStop();
      return ExitCode.UNAVAILABLE;
    } catch (InterruptedException e) {
      return ExitCode.OK;
    }
  }
}
