package io.landfall.consumer.command;

import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.kernel.KernelTable;
import io.landfall.consumer.landing.KafkaLandingTopic;
import io.landfall.consumer.landing.LandingTopic;
import io.landfall.consumer.landing.Offsets;
import io.landfall.program.ExitCode;
import io.landfall.program.LandfallSettings;
import io.landfall.program.Setting;
import io.landfall.program.Settings;
import io.landfall.program.TableLocation;
import io.landfall.program.Verb;
import io.landfall.schemas.Dataset;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

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
  public List<String> problems(Settings settings) {
    return Tables.problems(settings, List.of(LandfallSettings.TABLE));
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) throws InterruptedException {
    Optional<KernelTable> table = Tables.withoutSpark(settings);
    if (table.isPresent()) {
      show(Tables.existing(table.get(), dataset), settings, out);
      return ExitCode.OK;
    }
    try (SparkProcess process = SparkProcess.start(settings, name())) {
      TableLocation location = settings.get(LandfallSettings.TABLE);
      show(Tables.existing(process.spark(), dataset, location), settings, out);
    }
    return ExitCode.OK;
  }

  private void show(BronzeTable table, Settings settings, PrintStream out)
      throws InterruptedException {
    TableState state = table.state();
    String topicId = table.describe().topicId();
    out.printf("table    %s%n", table.location());
    out.printf("version  %d%n", state.version());
    out.printf("rows     %,d%n", table.rows());
    out.printf("topic    %s, id %s%n", dataset.landing().name(), topicId);
    if (state.wasTakenBack()) {
      out.printf("         restored or rolled back behind rows that were landed%n");
    }
    out.flush();
    try (LandingTopic topic = KafkaLandingTopic.open(dataset.landing(), Cluster.of(settings))) {
      lag(topic, topicId, state.position(), out);
    }
  }

  private static void lag(LandingTopic topic, String topicId, Offsets position, PrintStream out)
      throws InterruptedException {
    if (!topic.id().equals(topicId)) {
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
