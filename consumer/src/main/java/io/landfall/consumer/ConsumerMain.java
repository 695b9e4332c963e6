package io.landfall.consumer;

import io.landfall.cli.Program;
import io.landfall.consumer.command.ReplayCommand;
import io.landfall.consumer.command.RunCommand;
import io.landfall.consumer.command.SparkFailures;
import io.landfall.consumer.command.SqlCommand;
import io.landfall.consumer.command.StatusCommand;
import io.landfall.consumer.command.WatchCommand;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.nhl.NhlDatasets;
import java.time.Clock;
import java.util.List;

/** {@code landfall consumer}. */
public final class ConsumerMain {

  private ConsumerMain() {}

  public static void main(String[] args) {
    program(NhlDatasets.PLAYER_GAME_STATS, Clock.systemUTC()).runAndExit(args);
  }

  /** The consumer of one dataset. */
  public static Program program(Dataset dataset, Clock clock) {
    return new Program(
            "landfall consumer",
            "Stage 2: append the landing topic to a bronze Delta table.",
            List.of(
                new RunCommand(dataset, clock),
                new ReplayCommand(dataset, clock),
                new SqlCommand(dataset),
                new StatusCommand(dataset),
                new WatchCommand(dataset)))
        .explaining(SparkFailures::explain);
  }
}
