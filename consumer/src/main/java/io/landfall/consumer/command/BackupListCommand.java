package io.landfall.consumer.command;

import io.landfall.cli.Command;
import io.landfall.cli.Count;
import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.OutputFormat;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.consumer.backup.Backup;
import io.landfall.consumer.backup.BackupPlace;
import io.landfall.consumer.backup.Manifest;
import io.landfall.consumer.landing.Offsets;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** {@code backup list}: which backups there are, and which files none of them needs. */
public final class BackupListCommand implements Command {

  @Override
  public String name() {
    return "backup list";
  }

  @Override
  public String description() {
    return "Show the backups of the table, and the files that none of them needs.";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(LandfallSettings.BACKUP, LandfallSettings.OUTPUT);
  }

  @Override
  public List<String> problems(Settings settings) {
    return Backups.problems(settings);
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) throws InterruptedException {
    return Backups.in(
        settings,
        Backups.configuration(settings),
        (place, hadoop) -> list(place, settings.get(LandfallSettings.OUTPUT), out));
  }

  private static ExitCode list(BackupPlace place, OutputFormat format, PrintStream out)
      throws IOException {
    RowList rows =
        new RowList(
            List.of(
                RowList.text("id"),
                RowList.text("state"),
                RowList.text("created"),
                RowList.number("version"),
                RowList.text("position"),
                RowList.number("rows"),
                RowList.number("files"),
                RowList.number("bytes"),
                RowList.text("table")));
    ExitCode code = ExitCode.OK;
    for (Backup backup : place.backups()) {
      if (backup instanceof Backup.Complete complete) {
        Manifest manifest = complete.manifest();
        rows.add(
            manifest.id(),
            "complete",
            manifest.createdAt().toString(),
            manifest.bronze().version(),
            manifest.bronze().position().map(Offsets::toString).orElse(null),
            manifest.bronze().rows(),
            manifest.fileCount(),
            manifest.bytes(),
            manifest.table());
      } else if (backup instanceof Backup.Damaged damaged) {
        rows.add(damaged.id(), "damaged", null, null, null, null, null, null, damaged.problem());
        code = ExitCode.REFUSED;
      } else {
        rows.add(backup.id(), "unfinished", null, null, null, null, null, null, null);
      }
    }
    RowPrinter.print(rows, format, out);
    unreferenced(place.unreferenced(), format, out);
    return code;
  }

  private static void unreferenced(Map<String, Long> files, OutputFormat format, PrintStream out) {
    if (format == OutputFormat.JSON) {
      RowList rows = new RowList(List.of(RowList.text("unreferenced"), RowList.number("bytes")));
      files.forEach(rows::add);
      RowPrinter.print(rows, format, out);
    } else if (format == OutputFormat.TABLE && !files.isEmpty()) {
      out.printf(
          "%s of %,d bytes under files/ that no complete backup needs; -o json names them%n",
          Count.of(files.size(), "file"), files.values().stream().mapToLong(Long::longValue).sum());
      out.flush();
    }
  }
}
