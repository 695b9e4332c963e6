package io.landfall.consumer;

import io.landfall.cli.Program;
import io.landfall.cli.metrics.Monitoring;
import io.landfall.consumer.command.BackupCreateCommand;
import io.landfall.consumer.command.BackupListCommand;
import io.landfall.consumer.command.BackupRestoreCommand;
import io.landfall.consumer.command.BackupVerifyCommand;
import io.landfall.consumer.command.CompareCommand;
import io.landfall.consumer.command.Datasets;
import io.landfall.consumer.command.OneDataset;
import io.landfall.consumer.command.OptimizeCommand;
import io.landfall.consumer.command.QuarantineListCommand;
import io.landfall.consumer.command.QuarantineReplayCommand;
import io.landfall.consumer.command.QuarantineShowCommand;
import io.landfall.consumer.command.RepairCommand;
import io.landfall.consumer.command.ReplayCommand;
import io.landfall.consumer.command.RunCommand;
import io.landfall.consumer.command.SparkFailures;
import io.landfall.consumer.command.SqlCommand;
import io.landfall.consumer.command.StatusCommand;
import io.landfall.consumer.command.VerifyCommand;
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
    return program(List.of(dataset), clock);
  }

  /** The consumer of some datasets. */
  public static Program program(List<Dataset> known, Clock clock) {
    Datasets datasets = new Datasets(known);
    return new Program(
            "landfall consumer",
            "Stage 2: append the landing topic to a bronze Delta table.",
            List.of(
                new RunCommand(datasets, clock),
                new OneDataset(datasets, dataset -> new BackupCreateCommand(dataset, clock)),
                new BackupListCommand(),
                new BackupRestoreCommand(clock),
                new BackupVerifyCommand(clock),
                new OneDataset(datasets, CompareCommand::new),
                new OneDataset(datasets, OptimizeCommand::new),
                new OneDataset(datasets, QuarantineListCommand::new),
                new OneDataset(datasets, dataset -> new QuarantineReplayCommand(dataset, clock)),
                new OneDataset(datasets, QuarantineShowCommand::new),
                new OneDataset(datasets, dataset -> new RepairCommand(dataset, clock)),
                new OneDataset(datasets, dataset -> new ReplayCommand(dataset, clock)),
                new OneDataset(datasets, SqlCommand::new),
                new OneDataset(datasets, dataset -> new StatusCommand(dataset, clock)),
                new OneDataset(datasets, dataset -> new VerifyCommand(dataset, clock)),
                new OneDataset(datasets, WatchCommand::new)))
        .explaining(SparkFailures::explain)
        .needing(datasets.needs())
        .within(new Monitoring("consumer", clock));
  }
}
