package io.landfall.consumer.command;

import io.landfall.cli.Command;
import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.OutputFormat;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.cli.kafka.OpenTransaction;
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
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code status}: what the table holds, and what the topic has beyond it. */
public final class StatusCommand implements Command {

  private final Dataset dataset;
  private final Clock clock;

  public StatusCommand(Dataset dataset, Clock clock) {
    this.dataset = dataset;
    this.clock = clock;
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
            Stream.<Setting<?>>of(
                LandfallSettings.TABLE, LandfallSettings.SCRATCH_DIR, LandfallSettings.OUTPUT))
        .toList();
  }

  @Override
  public List<String> problems(Settings settings) {
    List<String> problems =
        new ArrayList<>(Tables.problems(settings, List.of(LandfallSettings.TABLE)));
    if (settings.find(LandfallSettings.OUTPUT).equals(Optional.of(OutputFormat.CSV))) {
      problems.add("--output csv: a status is no list of rows; use table or json");
    }
    return problems;
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) throws InterruptedException {
    StatusLines lines = StatusLines.of(settings.get(LandfallSettings.OUTPUT), out, clock.instant());
    try {
      Optional<KernelTable> table = Tables.withoutSpark(settings);
      if (table.isPresent()) {
        show(table.get(), Tables.besideWithoutSpark(table.get(), settings), settings, lines);
        return ExitCode.OK;
      }
      try (SparkProcess process = SparkProcess.start(settings, name())) {
        SparkTable found = new SparkTable(process.spark(), settings.get(LandfallSettings.TABLE));
        show(
            found,
            new SparkTable(process.spark(), QuarantineTable.beside(found.location())),
            settings,
            lines);
      }
      return ExitCode.OK;
    } catch (LandfallException e) {
      lines.refused(e);
      throw e;
    } finally {
      lines.end();
    }
  }

  private void show(BronzeTable table, ReadableTable beside, Settings settings, StatusLines lines)
      throws InterruptedException {
    Dataset deployed = dataset.withTopicPrefix(KafkaSettings.topicPrefix(settings));
    Topic landing = deployed.landing();
    Optional<Damage> damage = Tables.requireReadable(table, deployed);
    lines.table(table.location().toString(), table.version(), landing.name(), table.describe());
    if (damage.isPresent()) {
      throw damage.get().refusal();
    }
    lines.rows(table.rows());
    Optional<String> gap = Completeness.gap(table, table.state(), beside);
    lines.quarantine(beside.exists() ? Optional.of(Entries.of(beside).counts()) : Optional.empty());
    try (LandingTopic topic = KafkaLandingTopic.existing(landing, KafkaSettings.of(settings))) {
      // What a run would refuse has no lag: the offsets of the two have nothing to do with each
      // other.
      Offsets position = StartCheck.ask(topic, table, deployed).require().position();
      List<OpenTransaction> open = topic.openTransactions();
      lines.lag(position, topic.committedEnds(), topic.ends(), open);
    }
    if (gap.isPresent()) {
      throw LandfallException.refused(gap.get());
    }
  }
}
