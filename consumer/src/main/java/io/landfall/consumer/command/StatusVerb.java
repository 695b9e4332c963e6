package io.landfall.consumer.command;

import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.ingest.StartCheck;
import io.landfall.consumer.landing.KafkaLandingTopic;
import io.landfall.consumer.landing.LandingTopic;
import io.landfall.consumer.landing.Offsets;
import io.landfall.program.ExitCode;
import io.landfall.program.LandfallSettings;
import io.landfall.program.Setting;
import io.landfall.program.Settings;
import io.landfall.program.Verb;
import io.landfall.schemas.Dataset;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** {@code status}: what the table holds, and what the topic has beyond it. */
public final class StatusVerb implements Verb {

  private final Dataset dataset;

  public StatusVerb(Dataset dataset) {
    this.dataset = dataset;
  }

  @Override
  public String name() {
    return "status";
  }

  @Override
  public String description() {
    return "Show what the table holds and how far it is behind the topic.";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(
        LandfallSettings.BOOTSTRAP_SERVERS, LandfallSettings.TABLE, LandfallSettings.SCRATCH_DIR);
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) throws InterruptedException {
    Path path = settings.get(LandfallSettings.TABLE);
    if (!BronzeTable.isAt(path)) {
      throw MissingTable.at(path);
    }
    try (SparkProcess process = SparkProcess.start(settings, name())) {
      BronzeTable table =
          BronzeTable.find(process.spark(), dataset, path).orElseThrow(() -> MissingTable.at(path));
      out.printf("table    %s%n", table.path());
      out.printf("version  %d%n", table.version());
      out.printf("topic    %s, id %s%n", dataset.landing().name(), table.topicId());
      out.flush();
      table.requireUndamaged();
      out.printf("rows     %,d%n", table.rows());
      out.flush();
      try (LandingTopic topic =
          KafkaLandingTopic.existing(dataset.landing(), Cluster.of(settings))) {
        // What a run would refuse has no lag: the offsets of the two have nothing to do with each
        // other.
        lag(topic, StartCheck.require(topic, table).position(), out);
      }
    }
    return ExitCode.OK;
  }

  private static void lag(LandingTopic topic, Offsets position, PrintStream out)
      throws InterruptedException {
    Offsets committed = topic.committedEnds();
    Offsets ends = topic.ends();
    out.printf(
        "%n%9s  %12s  %12s  %12s  %14s  %10s%n",
        "partition", "in the table", "committed", "end", "lag committed", "lag end");
    for (int partition : ends.byPartition().keySet()) {
      long at = position.in(partition);
      out.printf(
          "%9d  %,12d  %,12d  %,12d  %,14d  %,10d%n",
          partition,
          at,
          committed.in(partition),
          ends.in(partition),
          committed.in(partition) - at,
          ends.in(partition) - at);
    }
    out.printf(
        "%9s  %12s  %12s  %12s  %,14d  %,10d%n",
        "all", "", "", "", committed.since(position), ends.since(position));
    out.flush();
  }
}
