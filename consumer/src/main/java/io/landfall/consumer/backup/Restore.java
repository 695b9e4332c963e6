package io.landfall.consumer.backup;

import io.delta.kernel.Snapshot;
import io.landfall.cli.LandfallException;
import io.landfall.cli.Progress;
import io.landfall.cli.Reason;
import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.kernel.KernelTable;
import io.landfall.consumer.kernel.TableContent;
import io.landfall.consumer.kernel.TableContent.TableFile;
import io.landfall.consumer.storage.NewFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** Makes a table of a backup, in an empty place. */
public final class Restore {

  /** Readers of a log pass over names that begin with a dot. */
  private static final String CLAIM = "_delta_log/.landfall-restore.json";

  private final BackupPlace place;
  private final Configuration configuration;
  private final Progress progress;

  public Restore(BackupPlace place, Configuration configuration, Progress progress) {
    this.place = place;
    this.configuration = configuration;
    this.progress = progress;
  }

  /**
   * Copies a backup, each file compared with the manifest on the way, the log behind the rows and
   * such that an unfinished one is no table; then opens what it made.
   *
   * @throws LandfallException if something is in the way, a file of the backup is not as it was, or
   *     the table says something else than the manifest
   * @throws IOException if one of the two storages fails
   */
  public void into(Folder folder, Manifest manifest) throws IOException, InterruptedException {
    for (TableCopy table : manifest.tables()) {
      requireEmpty(BackupRun.beside(folder, table.suffix()));
    }
    for (TableCopy table : manifest.tables()) {
      claim(BackupRun.beside(folder, table.suffix()), manifest);
    }
    try (Progress.Work work = progress.of("files", manifest.fileCount())) {
      // Tables beside the bronze table first: without them there is no whole one.
      for (int i = manifest.tables().size() - 1; i >= 0; i--) {
        TableCopy table = manifest.tables().get(i);
        Folder target = BackupRun.beside(folder, table.suffix());
        for (StoredFile file : table.files()) {
          copy(file, target, manifest);
          work.done(1);
        }
        require(table, target, manifest);
        Path claim = new Path(new Path(target.toString()), CLAIM);
        claim.getFileSystem(configuration).delete(claim, false);
      }
    }
  }

  private void requireEmpty(Folder folder) throws IOException {
    Path path = new Path(folder.toString());
    FileSystem files = path.getFileSystem(configuration);
    try {
      RemoteIterator<FileStatus> entries = files.listStatusIterator(path);
      if (entries.hasNext()) {
        throw notEmpty(folder, entries.next().getPath().getName());
      }
    } catch (FileNotFoundException e) {
      // It comes into being with the table.
    }
  }

  private static LandfallException notEmpty(Folder folder, String found) {
    return LandfallException.refused(
        "--into: %s is not empty (%s), and a restore writes over nothing. Nothing was written. Give an empty or a missing folder; if what is there is of no use any more, move it away first."
            .formatted(folder, found));
  }

  /** Of two restores at once, one gets the place. */
  private void claim(Folder folder, Manifest manifest) throws IOException {
    try {
      NewFile.create(
          new Path(new Path(folder.toString()), CLAIM),
          List.of("{\"id\":\"%s\",\"by\":\"%s\"}".formatted(manifest.id(), UUID.randomUUID())),
          configuration);
    } catch (FileAlreadyExistsException e) {
      throw notEmpty(folder, CLAIM);
    }
  }

  private void copy(StoredFile file, Folder target, Manifest manifest)
      throws IOException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("Told to stop before the table was restored");
    }
    Path to = new Path(new Path(target.toString()), file.path());
    FileSystem files = Content.exact(to.getFileSystem(configuration));
    Content content;
    try {
      content = Content.copy(place.files(), place.at(file.stored()), files, to);
    } catch (FileNotFoundException e) {
      throw broken(file, "is missing", target, manifest);
    } catch (org.apache.hadoop.fs.FileAlreadyExistsException e) {
      throw LandfallException.refused(
          "--into: somebody else writes to %s (%s came into being meanwhile). What was restored there so far is no table. Give an empty or a missing folder."
              .formatted(target, file.path()),
          e);
    }
    if (content.bytes() != file.bytes() || !content.sha256().equals(file.sha256())) {
      throw broken(file, "is not as it was written", target, manifest);
    }
  }

  private LandfallException broken(StoredFile file, String what, Folder target, Manifest manifest) {
    return LandfallException.refused(
        "%s of backup %s %s. What was restored to %s so far is no table; remove it. `landfall consumer backup verify --backup %s` tells which backups are whole; --id restores one of them."
            .formatted(file.stored(), manifest.id(), what, target, place.folder()));
  }

  /** Whether what a reader finds is what was backed up. */
  private void require(TableCopy table, Folder target, Manifest manifest) {
    KernelTable kernel = KernelTable.in(target, configuration);
    TableContent content;
    try {
      Snapshot snapshot = kernel.find().orElseThrow();
      content = kernel.content(snapshot);
    } catch (RuntimeException e) {
      // Whatever a reader says of it, it is not the table that was backed up.
      throw wrong(target, manifest, Reason.of(e), e);
    }
    if (content.version() != table.version()
        || !content.tableId().equals(table.tableId())
        || !content.state().map(TableState::position).equals(table.position())
        || content.rows() != table.rows()
        || !names(content).equals(named(table))) {
      throw wrong(
          target,
          manifest,
          "it stands at version %d and %s, not at version %d and %s"
              .formatted(
                  content.version(),
                  content.state().map(TableState::position),
                  table.version(),
                  table.position()),
          new IllegalStateException());
    }
  }

  private static LandfallException wrong(
      Folder target, Manifest manifest, String what, Exception cause) {
    return LandfallException.refused(
        "What was restored to %s is not what backup %s says (%s). Do not use it; look who else writes there."
            .formatted(target, manifest.id(), what.replaceAll("[.\\s]+$", "")),
        cause);
  }

  private static Set<String> names(TableContent content) {
    return content.data().stream().map(TableFile::path).collect(Collectors.toSet());
  }

  private static Set<String> named(TableCopy table) {
    return table.data().stream().map(StoredFile::path).collect(Collectors.toSet());
  }
}
