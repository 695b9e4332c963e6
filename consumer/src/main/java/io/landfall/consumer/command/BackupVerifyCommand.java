package io.landfall.consumer.command;

import io.landfall.cli.Command;
import io.landfall.cli.Count;
import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.OutputFormat;
import io.landfall.cli.Progress;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.consumer.backup.BackupPlace;
import io.landfall.consumer.backup.Verification;
import io.landfall.consumer.backup.Verification.Problem;
import io.landfall.consumer.backup.Verification.Verified;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;

/** {@code backup verify}: read backups again, to the last byte. */
public final class BackupVerifyCommand implements Command {

  private final Clock clock;

  public BackupVerifyCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return "backup verify";
  }

  @Override
  public String description() {
    return "Read every file of the backups again, and name those that are not as they were written.";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(LandfallSettings.BACKUP, LandfallSettings.BACKUP_ID, LandfallSettings.OUTPUT);
  }

  @Override
  public List<String> problems(Settings settings) {
    return Backups.problems(settings);
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) throws InterruptedException {
    return Backups.in(
        settings, Backups.configuration(settings), (place, hadoop) -> verify(place, settings, out));
  }

  private ExitCode verify(BackupPlace place, Settings settings, PrintStream out)
      throws IOException, InterruptedException {
    List<Verified> verified =
        new Verification(place, Progress.on(out, clock)).of(Backups.wanted(place, settings));
    if (verified.isEmpty()) {
      throw LandfallException.refused(
          "There is no complete backup in %s. `landfall consumer backup create` makes one."
              .formatted(place.folder()));
    }
    OutputFormat format = settings.get(LandfallSettings.OUTPUT);
    RowList rows =
        new RowList(
            List.of(
                RowList.text("id"),
                RowList.text("result"),
                RowList.number("files"),
                RowList.number("bytes"),
                RowList.number("problems")));
    RowList problems =
        new RowList(List.of(RowList.text("id"), RowList.text("file"), RowList.text("problem")));
    long found = 0;
    for (Verified one : verified) {
      rows.add(
          one.id(),
          one.problems().isEmpty() ? "whole" : "damaged",
          one.files(),
          one.bytes(),
          one.problems().size());
      for (Problem problem : one.problems()) {
        problems.add(one.id(), problem.file(), problem.problem());
        found++;
      }
    }
    RowPrinter.print(rows, format, out);
    if (found == 0) {
      return ExitCode.OK;
    }
    RowPrinter.print(problems, format, out);
    if (format == OutputFormat.TABLE) {
      out.printf(
          "%s. Backups that are whole can be restored (--id). A data file that the table still has comes again with the next `backup create` once the broken one is moved away.%n",
          Count.of(found, "problem"));
    }
    return ExitCode.REFUSED;
  }
}
