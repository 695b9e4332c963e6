package io.landfall.consumer.command;

import io.landfall.cli.Command;
import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.OutputFormat;
import io.landfall.cli.Progress;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.cli.TableLocation;
import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.backup.Backup;
import io.landfall.consumer.backup.BackupPlace;
import io.landfall.consumer.backup.Manifest;
import io.landfall.consumer.backup.Restore;
import io.landfall.consumer.landing.Offsets;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** {@code backup restore}: make a table of a backup, in an empty place. */
public final class BackupRestoreCommand implements Command {

  private final Clock clock;

  public BackupRestoreCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return "backup restore";
  }

  @Override
  public String description() {
    return "Make a table of a backup, in an empty place; ingest goes on from where it stood.";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(
        LandfallSettings.BACKUP,
        LandfallSettings.INTO,
        LandfallSettings.BACKUP_ID,
        LandfallSettings.OUTPUT);
  }

  @Override
  public List<String> problems(Settings settings) {
    List<String> problems = new ArrayList<>(Backups.problems(settings, LandfallSettings.INTO));
    if (settings.find(LandfallSettings.INTO).orElse(null) instanceof TableLocation.Catalog name) {
      problems.add(
          "--into: a restore makes a folder, and %s is a name in a catalog; restore into a folder, then CREATE TABLE %s USING delta LOCATION 'FOLDER'"
              .formatted(name, name.sql()));
    }
    return problems;
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) throws InterruptedException {
    long began = System.nanoTime();
    Folder into = (Folder) settings.get(LandfallSettings.INTO);
    Tables.requireWritable(settings, LandfallSettings.INTO);
    Manifest manifest =
        Backups.in(
            settings,
            Backups.configuration(settings),
            (place, hadoop) -> {
              Manifest wanted = wanted(place, settings);
              new Restore(place, hadoop, Progress.on(out, clock)).into(into, wanted);
              return wanted;
            });
    print(manifest, into, (System.nanoTime() - began) / 1e9, settings, out);
    return ExitCode.OK;
  }

  /** The backup that is meant; the newest one, unless that is damaged. */
  private static Manifest wanted(BackupPlace place, Settings settings) throws IOException {
    List<Backup> backups =
        Backups.wanted(place, settings).stream()
            .filter(backup -> !(backup instanceof Backup.Unfinished))
            .toList();
    if (backups.isEmpty()) {
      throw LandfallException.usage(
          "There is no such complete backup in %s. `landfall consumer backup list --backup %s` shows all there are. Nothing was written."
              .formatted(place.folder(), place.folder()));
    }
    Backup newest = backups.get(backups.size() - 1);
    if (newest instanceof Backup.Complete complete) {
      return complete.manifest();
    }
    throw LandfallException.refused(
        "Backup %s in %s is damaged: %s. Nothing was written. --id restores an older one; `landfall consumer backup verify --backup %s` tells which are whole."
            .formatted(
                newest.id(),
                place.folder(),
                newest instanceof Backup.Damaged damaged ? damaged.problem() : "",
                place.folder()));
  }

  private static void print(
      Manifest manifest, Folder into, double seconds, Settings settings, PrintStream out) {
    OutputFormat format = settings.get(LandfallSettings.OUTPUT);
    String position = manifest.bronze().position().map(Offsets::toString).orElse("none");
    if (format == OutputFormat.TABLE) {
      out.printf("backup    %s%n", manifest.id());
      out.printf("table     %s%n", into);
      out.printf("version   %d%n", manifest.bronze().version());
      out.printf("position  %s%n", position);
      out.printf("rows      %,d%n", manifest.bronze().rows());
      out.printf("files     %,d, each as it was written%n", manifest.fileCount());
      out.printf("seconds   %.1f%n", seconds);
      out.printf("`landfall consumer run --table %s` goes on from there.%n", into);
      out.flush();
      return;
    }
    RowPrinter.print(
        new RowList(
                List.of(
                    RowList.text("id"),
                    RowList.text("table"),
                    RowList.number("version"),
                    RowList.text("position"),
                    RowList.number("rows"),
                    RowList.number("files"),
                    RowList.number("seconds")))
            .add(
                manifest.id(),
                into.toString(),
                manifest.bronze().version(),
                position,
                manifest.bronze().rows(),
                manifest.fileCount(),
                Math.round(seconds * 10) / 10.0),
        format,
        out);
  }
}
