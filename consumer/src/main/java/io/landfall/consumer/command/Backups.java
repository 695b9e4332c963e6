package io.landfall.consumer.command;

import io.landfall.cli.LandfallException;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.PassThrough;
import io.landfall.cli.Reason;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.cli.TableLocation;
import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.backup.Backup;
import io.landfall.consumer.backup.BackupPlace;
import io.landfall.consumer.storage.HadoopSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** What the commands of backups have in common. */
final class Backups {

  private Backups() {}

  /** Work on two storages, either of which may fail. */
  interface Work<T> {
    T on(BackupPlace place, Configuration configuration) throws IOException, InterruptedException;
  }

  /** What is wrong with where the backups are said to be. */
  static List<String> problems(Settings settings) {
    return settings
        .find(LandfallSettings.BACKUP)
        .filter(folder -> !folder.isLocal())
        .flatMap(folder -> unopened(LandfallSettings.BACKUP, folder, settings))
        .map(List::of)
        .orElse(List.of());
  }

  private static Optional<String> unopened(Setting<?> setting, Folder folder, Settings settings) {
    return HadoopSettings.refusal(folder, configuration(settings))
        .map(why -> "%s %s: %s".formatted(setting.flag(), folder, why));
  }

  /** The same, with a table that must lie elsewhere. */
  static List<String> problems(Settings settings, Setting<TableLocation> table) {
    List<String> problems = new ArrayList<>(problems(settings));
    problems.addAll(Tables.problems(settings, List.of(table)));
    Optional<Folder> backup = settings.find(LandfallSettings.BACKUP);
    if (backup.isPresent()
        && settings.find(table).orElse(null) instanceof Folder folder
        && folder.overlaps(backup.get())) {
      problems.add(
          "%s and %s: %s and %s lie within each other; what takes the one away would take the other too"
              .formatted(table.flag(), LandfallSettings.BACKUP.flag(), folder, backup.get()));
    }
    return problems;
  }

  static Configuration configuration(Settings settings) {
    return HadoopSettings.of(settings.passedThrough(PassThrough.SPARK));
  }

  /** Does the work, with a message for what storage says. */
  static <T> T in(Settings settings, Configuration configuration, Work<T> work)
      throws InterruptedException {
    Folder folder = settings.get(LandfallSettings.BACKUP);
    try {
      return work.on(BackupPlace.in(folder, configuration), configuration);
    } catch (IOException e) {
      throw LandfallException.unavailable(
          "A file could not be read or written: %s. The backups in %s that were complete are as they were. Give the same command again."
              .formatted(Reason.of(e).replaceAll("[.\\s]+$", ""), folder),
          e);
    }
  }

  /** The backups that the user means: the one of an id, or all. */
  static List<Backup> wanted(BackupPlace place, Settings settings) throws IOException {
    List<Backup> all = place.backups();
    Optional<String> id = settings.find(LandfallSettings.BACKUP_ID);
    List<Backup> wanted =
        id.isEmpty() ? all : all.stream().filter(one -> one.id().equals(id.get())).toList();
    if (id.isPresent() && wanted.isEmpty()) {
      throw LandfallException.usage(
          "There is no backup %s in %s. `landfall consumer backup list --backup %s` shows all there are."
              .formatted(id.get(), place.folder(), place.folder()));
    }
    return wanted;
  }
}
