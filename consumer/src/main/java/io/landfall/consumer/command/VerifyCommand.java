package io.landfall.consumer.command;

import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.Progress;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.cli.metrics.MeasuredCommand;
import io.landfall.cli.metrics.Metric;
import io.landfall.cli.metrics.Metrics;
import io.landfall.cli.registry.RegistrySettings;
import io.landfall.consumer.verify.VerifyReport;
import io.landfall.schemas.Dataset;
import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** {@code verify}: whether the table holds what was landed, all of it and nothing else. */
public final class VerifyCommand implements MeasuredCommand {

  static final Setting<Boolean> DEEP =
      Setting.onOff(
          "deep", "Also compare each row with its record in the topic, column by column.");

  private final Dataset dataset;
  private final Clock clock;

  public VerifyCommand(Dataset dataset, Clock clock) {
    this.dataset = dataset;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "verify";
  }

  @Override
  public String description() {
    return "Read all of the table and compare it with manifests and topic.";
  }

  @Override
  public List<Setting<?>> settings() {
    return Stream.of(
            KafkaSettings.ALL,
            RegistrySettings.ALL,
            List.<Setting<?>>of(
                LandfallSettings.TABLE,
                DEEP,
                LandfallSettings.OUTPUT,
                LandfallSettings.SCRATCH_DIR),
            WRITTEN)
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public List<String> problems(Settings settings) {
    List<String> problems =
        new ArrayList<>(Tables.problems(settings, List.of(LandfallSettings.TABLE)));
    problems.addAll(ReportPrinter.problems(settings));
    return problems;
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out, Metrics metrics)
      throws InterruptedException {
    Dataset deployed = Datasets.deployed(dataset, settings);
    Progress progress = Progress.on(out, clock);
    VerifyReport report =
        new Verification(settings, deployed, settings.get(DEEP), progress).of(name());
    tell(report, metrics);
    ReportPrinter.print(
        report,
        settings.get(LandfallSettings.TABLE),
        deployed,
        settings.get(LandfallSettings.OUTPUT),
        out);
    return report.isWhole() ? ExitCode.OK : ExitCode.REFUSED;
  }

  private void tell(VerifyReport report, Metrics metrics) {
    metrics.set(Metric.VERIFY_SUCCESS, report.isWhole() ? 1 : 0, dataset.name());
    metrics.set(Metric.VERIFY_TIMESTAMP, clock.instant(), dataset.name());
    metrics.set(Metric.VERIFY_DIFFERENCES, report.differences(), dataset.name());
  }
}
