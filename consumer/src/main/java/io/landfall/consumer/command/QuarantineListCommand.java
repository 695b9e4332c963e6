package io.landfall.consumer.command;

import io.landfall.cli.Command;
import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.consumer.quarantine.Entries;
import io.landfall.schemas.Dataset;
import java.io.PrintStream;
import java.util.List;

/** {@code quarantine list}: the records that are no rows, and whether anything is left to do. */
public final class QuarantineListCommand implements Command {

  private final Dataset dataset;

  public QuarantineListCommand(Dataset dataset) {
    this.dataset = dataset;
  }

  @Override
  public String name() {
    return "quarantine list";
  }

  @Override
  public String description() {
    return "Lists the records that are no rows of the table: OPEN, or RESOLVED where a replay has made them rows.";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(
        LandfallSettings.TOPIC_PREFIX,
        LandfallSettings.TABLE,
        LandfallSettings.OUTPUT,
        LandfallSettings.SCRATCH_DIR);
  }

  @Override
  public List<String> problems(Settings settings) {
    return Tables.problems(settings, List.of(LandfallSettings.TABLE));
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) throws InterruptedException {
    QuarantineTables.read(
        dataset,
        name(),
        settings,
        (bronze, beside) -> {
          EntryPrinter printer =
              new EntryPrinter(Tables.topic(bronze), settings.get(LandfallSettings.OUTPUT), out);
          if (beside.exists()) {
            Entries.of(beside).each(printer::add);
          }
          printer.finish();
        });
    return ExitCode.OK;
  }
}
