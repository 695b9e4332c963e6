package io.landfall.consumer.backup;

import io.delta.kernel.Snapshot;
import io.landfall.cli.LandfallException;
import io.landfall.cli.Progress;
import io.landfall.cli.TableLocation.Folder;
import io.landfall.cli.Version;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.kernel.KernelTable;
import io.landfall.consumer.kernel.TableContent;
import io.landfall.consumer.kernel.TableContent.TableFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Makes one backup. For one thread. */
public final class BackupRun {

  /** What a folder's name has behind the table's, for all tables that are backed up with it. */
  static final List<String> SUFFIXES = List.of("", "_quarantine");

  /**
   * What was made.
   *
   * @param copied files of rows that no backup had, with {@code copiedBytes}
   * @param kept files of rows that were in the place already
   */
  public record Made(Manifest manifest, long copied, long copiedBytes, long kept) {}

  private record Source(String suffix, Folder folder, TableContent content) {}

  private final BackupPlace place;
  private final Configuration configuration;
  private final Progress progress;
  private final Clock clock;

  /** By "table_suffix/path": what complete backups have, and what others left. */
  private final Map<String, List<StoredFile>> known = new HashMap<>();

  private final Map<String, List<String>> leftOver = new HashMap<>();
  private Map<String, Long> stored = Map.of();
  private long copied;
  private long copiedBytes;
  private long kept;

  public BackupRun(BackupPlace place, Configuration configuration, Progress progress, Clock clock) {
    this.place = place;
    this.configuration = configuration;
    this.progress = progress;
    this.clock = clock;
  }

  /** The folder of a table beside another one. */
  static Folder beside(Folder table, String suffix) {
    return new Folder(table.scheme(), table.authority(), table.path() + suffix);
  }

  /**
   * Backs up the newest version of a table, and of those beside it that are there.
   *
   * @throws LandfallException if a table is damaged, or the place holds another table's backups
   * @throws IOException if one of the two storages fails; what was copied is used by the next one
   */
  public Made make(Folder table) throws IOException, InterruptedException {
    // The bronze table first: a table beside it gets its rows of a batch before the batch is
    // committed, so that it may be further, and is never behind.
    List<Source> sources = new ArrayList<>();
    for (String suffix : SUFFIXES) {
      source(table, suffix).ifPresent(sources::add);
    }
    Source bronze = sources.get(0);
    look(bronze);
    Instant now = clock.instant();
    String id = place.begin(bronze.content().version(), now);
    List<TableCopy> tables = new ArrayList<>();
    long files = sources.stream().mapToLong(source -> source.content().data().size()).sum();
    try (Progress.Work work = progress.of("files", files)) {
      for (Source source : sources) {
        tables.add(copy(source, id, work));
      }
    }
    Manifest manifest = new Manifest(id, now, Version.current(), table.toString(), tables);
    place.finish(manifest);
    return new Made(manifest, copied, copiedBytes, kept);
  }

  private Optional<Source> source(Folder table, String suffix) {
    Folder folder = beside(table, suffix);
    KernelTable kernel = KernelTable.in(folder, configuration);
    kernel
        .damage()
        .ifPresent(
            damage -> {
              throw damage.refusal();
            });
    Optional<Snapshot> snapshot = kernel.find();
    if (snapshot.isEmpty() && suffix.isEmpty()) {
      throw LandfallException.usage("There is no table at %s.".formatted(folder));
    }
    return snapshot.map(found -> new Source(suffix, folder, kernel.content(found)));
  }

  /** Finds out what the place has already. */
  private void look(Source bronze) throws IOException {
    stored = place.dataFiles();
    Map<String, Long> others = new HashMap<>(stored);
    for (Backup backup : place.backups()) {
      if (backup instanceof Backup.Complete complete) {
        requireSame(bronze, complete.manifest());
        for (TableCopy table : complete.manifest().tables()) {
          for (StoredFile file : table.data()) {
            known
                .computeIfAbsent(key(table.suffix(), file.path()), key -> new ArrayList<>())
                .add(file);
            others.remove(file.stored());
          }
        }
      }
    }
    for (String other : others.keySet()) {
      String[] parts = other.split("/", 3);
      if (parts.length == 3) {
        leftOver.computeIfAbsent(parts[2], key -> new ArrayList<>()).add(other);
      }
    }
  }

  private void requireSame(Source bronze, Manifest earlier) {
    if (!earlier.bronze().tableId().equals(bronze.content().tableId())) {
      throw LandfallException.refused(
          "%s holds backups of another table (%s with id %s in %s; the one at %s has id %s): a restore would not know which is meant. Nothing was written. Give this table a place of its own with --backup."
              .formatted(
                  place.folder(),
                  earlier.table(),
                  earlier.bronze().tableId(),
                  earlier.id(),
                  bronze.folder(),
                  bronze.content().tableId()));
    }
  }

  private TableCopy copy(Source source, String id, Progress.Work work)
      throws IOException, InterruptedException {
    TableContent content = source.content();
    List<StoredFile> data = new ArrayList<>();
    for (TableFile file : content.data()) {
      data.add(data(source, file, id));
      work.done(1);
    }
    List<StoredFile> log = new ArrayList<>();
    for (TableFile file : content.log()) {
      log.add(
          copied(source, file, "backups/%s/%s".formatted(id, key(source.suffix(), file.path()))));
    }
    return new TableCopy(
        source.suffix(),
        content.version(),
        content.tableId(),
        content.description().topicId(),
        content.state().map(TableState::position),
        content.rows(),
        data,
        log);
  }

  /** A file of rows, copied if it is not there. */
  private StoredFile data(Source source, TableFile file, String id)
      throws IOException, InterruptedException {
    String key = key(source.suffix(), file.path());
    for (StoredFile candidate : known.getOrDefault(key, List.of())) {
      // Its content was known when it was copied; whether it still is that, verify tells.
      if (isSize(candidate.bytes(), file.bytes())
          && Long.valueOf(candidate.bytes()).equals(stored.get(candidate.stored()))) {
        kept++;
        return candidate;
      }
    }
    Optional<StoredFile> left = leftOver(source, file, key);
    if (left.isPresent()) {
      kept++;
      return left.get();
    }
    StoredFile made = copied(source, file, "files/%s/%s".formatted(id, key));
    copied++;
    copiedBytes += made.bytes();
    return made;
  }

  /**
   * A file that a killed backup left, or one that is being made: whole only if it reads the same.
   */
  private Optional<StoredFile> leftOver(Source source, TableFile file, String key)
      throws IOException {
    Optional<Content> wanted = Optional.empty();
    for (String candidate : leftOver.getOrDefault(key, List.of())) {
      long bytes = stored.getOrDefault(candidate, 0L);
      if (isSize(bytes, file.bytes())) {
        if (wanted.isEmpty()) {
          Path original = path(source, file);
          wanted = Optional.of(Content.of(original.getFileSystem(configuration), original));
        }
        if (Content.of(place.files(), place.at(candidate)).equals(wanted.get())) {
          return Optional.of(new StoredFile(file.path(), candidate, bytes, wanted.get().sha256()));
        }
      }
    }
    return Optional.empty();
  }

  private StoredFile copied(Source source, TableFile file, String to)
      throws IOException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("Told to stop before the backup was complete");
    }
    Path original = path(source, file);
    FileSystem files = original.getFileSystem(configuration);
    Content content;
    try {
      content = Content.copy(files, original, place.files(), place.at(to));
    } catch (FileNotFoundException e) {
      throw LandfallException.unavailable(
          "%s was taken away while version %d was copied, by VACUUM or the log's own clean-up. There is no new backup; those before are as they were. Give the same command again."
              .formatted(original, source.content().version()),
          e);
    }
    if (!isSize(content.bytes(), file.bytes())) {
      throw LandfallException.refused(
          "%s has %,d bytes, and the table's log says %,d: the table is damaged. There is no new backup; those before are as they were."
              .formatted(original, content.bytes(), file.bytes()));
    }
    return new StoredFile(file.path(), to, content.bytes(), content.sha256());
  }

  private static boolean isSize(long bytes, long wanted) {
    return wanted == TableFile.ANY_SIZE || wanted == bytes;
  }

  private static Path path(Source source, TableFile file) {
    return new Path(new Path(source.folder().toString()), file.path());
  }

  private static String key(String suffix, String path) {
    return "table%s/%s".formatted(suffix, path);
  }
}
