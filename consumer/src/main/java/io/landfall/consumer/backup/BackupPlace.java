package io.landfall.consumer.backup;

import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.storage.NewFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** A folder of backups of one table, and what stands where in it. */
public final class BackupPlace {

  static final String MANIFEST = "manifest.json";
  static final String SUMS = "SHA256SUMS";
  private static final String BEGUN = "begun.json";

  private static final Pattern ID = Pattern.compile("(\\d+)-(\\d{8}T\\d{6}Z)");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /** By their times, as text of one length, then by their versions. */
  private static final Comparator<String> IN_TIME =
      Comparator.<String, String>comparing(id -> part(id, 2))
          .thenComparing(id -> Long.parseLong(part(id, 1)));

  private final Folder folder;
  private final Configuration configuration;
  private final FileSystem files;
  private final Path root;

  private BackupPlace(Folder folder, Configuration configuration) throws IOException {
    this.folder = folder;
    this.configuration = configuration;
    Path path = new Path(folder.toString());
    this.files = Content.exact(path.getFileSystem(configuration));
    this.root = files.makeQualified(path);
  }

  /** A place that may be empty, or not there yet. */
  public static BackupPlace in(Folder folder, Configuration configuration) throws IOException {
    return new BackupPlace(folder, configuration);
  }

  public Folder folder() {
    return folder;
  }

  FileSystem files() {
    return files;
  }

  /** Where a file is that a manifest names. */
  Path at(String stored) {
    return new Path(root, stored);
  }

  /** All backups, the oldest first. */
  public List<Backup> backups() throws IOException {
    List<String> ids = new ArrayList<>();
    try {
      for (FileStatus entry : files.listStatus(new Path(root, "backups"))) {
        String name = entry.getPath().getName();
        if (entry.isDirectory() && ID.matcher(name).matches()) {
          ids.add(name);
        }
      }
    } catch (FileNotFoundException e) {
      return List.of();
    }
    ids.sort(IN_TIME);
    List<Backup> backups = new ArrayList<>();
    for (String id : ids) {
      backups.add(backup(id));
    }
    return backups;
  }

  private Backup backup(String id) throws IOException {
    byte[] manifest;
    try {
      manifest = read(at(stored(id, MANIFEST)));
    } catch (FileNotFoundException e) {
      return new Backup.Unfinished(id);
    }
    Manifest parsed;
    try {
      parsed = ManifestJson.parse(manifest);
    } catch (ManifestJson.Unreadable e) {
      return new Backup.Damaged(id, "%s %s".formatted(stored(id, MANIFEST), e.problem()));
    }
    byte[] sums;
    try {
      sums = read(at(stored(id, SUMS)));
    } catch (FileNotFoundException e) {
      return new Backup.Damaged(id, stored(id, SUMS) + " is missing");
    }
    return parsed.id().equals(id)
            && new String(sums, StandardCharsets.UTF_8)
                .equals(new String(NewFile.content(sums(parsed, manifest)), StandardCharsets.UTF_8))
        ? new Backup.Complete(parsed)
        : new Backup.Damaged(
            id,
            "%s and %s say different things: one of them was changed"
                .formatted(stored(id, MANIFEST), SUMS));
  }

  private byte[] read(Path path) throws IOException {
    try (InputStream in = files.open(path)) {
      return in.readAllBytes();
    }
  }

  /** What is stored under {@code files/}, by its name here, with its length. */
  Map<String, Long> dataFiles() throws IOException {
    String path = root.toUri().getPath();
    String here = path.endsWith("/") ? path : path + "/";
    Map<String, Long> found = new TreeMap<>();
    try {
      RemoteIterator<LocatedFileStatus> entries = files.listFiles(new Path(root, "files"), true);
      while (entries.hasNext()) {
        LocatedFileStatus entry = entries.next();
        found.put(entry.getPath().toUri().getPath().substring(here.length()), entry.getLen());
      }
    } catch (FileNotFoundException e) {
      // None was made yet.
    }
    return found;
  }

  /**
   * Files under {@code files/} that no complete backup needs, with their lengths: of backups that
   * were killed, that are being made now, or whose manifest somebody took away.
   */
  public Map<String, Long> unreferenced() throws IOException {
    Map<String, Long> found = dataFiles();
    for (Backup backup : backups()) {
      if (backup instanceof Backup.Complete complete) {
        complete.manifest().files().forEach(file -> found.remove(file.stored()));
      }
    }
    return found;
  }

  /**
   * Begins a backup, under an id that no other has, in no other process either.
   *
   * @return the id
   */
  String begin(long version, Instant now) throws IOException {
    Instant time = now.truncatedTo(ChronoUnit.SECONDS);
    while (true) {
      String id = version + "-" + TIME.format(time);
      try {
        NewFile.create(
            at(stored(id, BEGUN)),
            List.of(
                "{\"id\":\"%s\",\"begunAt\":\"%s\",\"by\":\"%s\"}"
                    .formatted(id, now, UUID.randomUUID())),
            configuration);
        return id;
      } catch (FileAlreadyExistsException e) {
        // Of the same second.
        time = time.plusSeconds(1);
      }
    }
  }

  /** Makes a backup complete. */
  void finish(Manifest manifest) throws IOException {
    List<String> lines = ManifestJson.lines(manifest);
    NewFile.create(
        at(stored(manifest.id(), SUMS)), sums(manifest, NewFile.content(lines)), configuration);
    NewFile.create(at(stored(manifest.id(), MANIFEST)), lines, configuration);
  }

  /** As the program sha256sum writes and reads them. */
  private static List<String> sums(Manifest manifest, byte[] written) {
    List<String> lines = new ArrayList<>();
    manifest.files().forEach(file -> lines.add(file.sha256() + "  " + file.stored()));
    lines.add(Content.of(written).sha256() + "  " + stored(manifest.id(), MANIFEST));
    return lines;
  }

  private static String stored(String id, String name) {
    return "backups/%s/%s".formatted(id, name);
  }

  private static String part(String id, int group) {
    Matcher matcher = ID.matcher(id);
    return matcher.matches() ? matcher.group(group) : "";
  }
}
