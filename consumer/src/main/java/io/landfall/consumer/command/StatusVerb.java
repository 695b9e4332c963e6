package io.landfall.consumer.command;

import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.bronze.TableState;
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
import java.nio.file.Files;
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
    if (!Files.isDirectory(path.resolve("_delta_log"))) {
      throw MissingTable.at(path);
    }
    try (SparkProcess process = SparkProcess.start(settings, name())) {
      BronzeTable table =
          BronzeTable.find(process.spark(), dataset, path).orElseThrow(() -> MissingTable.at(path));
      TableState state = table.state();
      out.printf("table    %s%n", table.path());
      out.printf("version  %d%n", state.version());
      out.printf("rows     %,d%n", table.rows());
      out.printf("topic    %s, id %s%n", dataset.landing().name(), table.topicId());
      out.flush();
      try (LandingTopic topic = KafkaLandingTopic.open(dataset.landing(), Cluster.of(settings))) {
        lag(topic, table, state.position(), out);
      }
    }
    return ExitCode.OK;
  }

  private static void lag(LandingTopic topic, BronzeTable table, Offsets position, PrintStream out)
      throws InterruptedException {
    if (!topic.id().equals(table.topicId())) {
      out.printf("         the topic of that name in Kafka has another id: %s%n", topic.id());
    }
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
