package io.landfall.consumer.command;

import io.landfall.cli.Command;
import io.landfall.cli.Count;
import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.bronze.Damage;
import io.landfall.consumer.bronze.QuarantineTable;
import io.landfall.consumer.bronze.ReadableTable;
import io.landfall.consumer.door.spark.SparkTable;
import io.landfall.consumer.ingest.StartCheck;
import io.landfall.consumer.kernel.KernelTable;
import io.landfall.consumer.landing.KafkaLandingTopic;
import io.landfall.consumer.landing.LandingTopic;
import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.quarantine.Completeness;
import io.landfall.consumer.quarantine.Entries;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.Topic;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code status}: what the table holds, and what the topic has beyond it. */
public final class StatusCommand implements Command {

  private final Dataset dataset;

  public StatusCommand(Dataset dataset) {
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
    return Stream.concat(
            KafkaSettings.ALL.stream(),
            Stream.<Setting<?>>of(LandfallSettings.TABLE, LandfallSettings.SCRATCH_DIR))
        .toList();
  }

  @Override
  public List<String> problems(Settings settings) {
    return Tables.problems(settings, List.of(LandfallSettings.TABLE));
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) throws InterruptedException {
    Optional<KernelTable> table = Tables.withoutSpark(settings);
    if (table.isPresent()) {
      show(table.get(), Tables.besideWithoutSpark(table.get(), settings), settings, out);
      return ExitCode.OK;
    }
    try (SparkProcess process = SparkProcess.start(settings, name())) {
      SparkTable found = new SparkTable(process.spark(), settings.get(LandfallSettings.TABLE));
      show(
          found,
          new SparkTable(process.spark(), QuarantineTable.beside(found.location())),
          settings,
          out);
    }
    return ExitCode.OK;
  }

  private void show(BronzeTable table, ReadableTable beside, Settings settings, PrintStream out)
      throws InterruptedException {
    Dataset deployed = dataset.withTopicPrefix(KafkaSettings.topicPrefix(settings));
    Topic landing = deployed.landing();
    Optional<Damage> damage = Tables.requireReadable(table, deployed);
    out.printf("table    %s%n", table.location());
    out.printf("version  %d%n", table.version());
    out.printf("topic    %s, id %s%n", landing.name(), table.describe().topicId());
    out.flush();
    if (damage.isPresent()) {
      throw damage.get().refusal();
    }
    out.printf("rows     %,d%n", table.rows());
    Optional<String> gap = Completeness.gap(table, table.state(), beside);
    if (beside.exists()) {
      Entries.Counts counts = Entries.of(beside).counts();
      out.printf(
          "quarantine  %s, %,d open%s%n",
          Count.of(counts.records(), "record"),
          counts.open(),
          counts.open() == 0 ? "" : " " + counts.openByReason());
    } else {
      out.println("quarantine  none");
    }
    out.flush();
    try (LandingTopic topic = KafkaLandingTopic.existing(landing, KafkaSettings.of(settings))) {
      // What a run would refuse has no lag: the offsets of the two have nothing to do with each
      // other.
      lag(topic, StartCheck.require(topic, table, deployed).position(), out);
    }
    if (gap.isPresent()) {
      throw LandfallException.refused(gap.get());
    }
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
