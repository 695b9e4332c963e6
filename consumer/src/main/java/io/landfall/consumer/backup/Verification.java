package io.landfall.consumer.backup;

import io.landfall.cli.Progress;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;

/** Reads backups again. For one thread. */
public final class Verification {

  /**
   * A file that is not as it was written.
   *
   * @param file in the folder of backups
   * @param problem the end of a sentence
   */
  public record Problem(String file, String problem) {}

  /**
   * What became of one backup.
   *
   * @param files how many were read
   */
  public record Verified(String id, long files, long bytes, List<Problem> problems) {
    public Verified {
      problems = List.copyOf(problems);
    }
  }

  private final BackupPlace place;
  private final Progress progress;

  /** What was read already: backups share files. */
  private final Map<String, Optional<Content>> read = new HashMap<>();

  public Verification(BackupPlace place, Progress progress) {
    this.place = place;
    this.progress = progress;
  }

  /** Reads each file of these backups once. Those that were never finished have nothing to say. */
  public List<Verified> of(List<Backup> backups) throws IOException, InterruptedException {
    long files =
        backups.stream()
            .filter(Backup.Complete.class::isInstance)
            .flatMap(backup -> ((Backup.Complete) backup).manifest().files().stream())
            .map(StoredFile::stored)
            .distinct()
            .count();
    List<Verified> verified = new ArrayList<>();
    try (Progress.Work work = progress.of("files", files)) {
      for (Backup backup : backups) {
        if (backup instanceof Backup.Complete complete) {
          verified.add(verify(complete.manifest(), work));
        } else if (backup instanceof Backup.Damaged damaged) {
          verified.add(
              new Verified(
                  damaged.id(),
                  0,
                  0,
                  List.of(
                      new Problem(
                          "backups/%s/%s".formatted(damaged.id(), BackupPlace.MANIFEST),
                          damaged.problem()))));
        }
      }
    }
    return verified;
  }

  private Verified verify(Manifest manifest, Progress.Work work)
      throws IOException, InterruptedException {
    List<Problem> problems = new ArrayList<>();
    for (StoredFile file : manifest.files()) {
      if (Thread.interrupted()) {
        throw new InterruptedException("Told to stop before all was read");
      }
      Optional<Content> content = read.get(file.stored());
      if (content == null) {
        content = content(file);
        read.put(file.stored(), content);
        work.done(1);
      }
      problem(file, content).ifPresent(text -> problems.add(new Problem(file.stored(), text)));
    }
    return new Verified(manifest.id(), manifest.fileCount(), manifest.bytes(), problems);
  }

  private Optional<Content> content(StoredFile file) throws IOException {
    try {
      FileStatus status = place.files().getFileStatus(place.at(file.stored()));
      // What has another length needs no reading.
      return Optional.of(
          status.isFile() && status.getLen() == file.bytes()
              ? Content.of(place.files(), place.at(file.stored()))
              : new Content(status.getLen(), ""));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> problem(StoredFile file, Optional<Content> content) {
    if (content.isEmpty()) {
      return Optional.of("is missing");
    }
    if (content.get().bytes() != file.bytes()) {
      return Optional.of("has %,d bytes, not %,d".formatted(content.get().bytes(), file.bytes()));
    }
    return content.get().sha256().equals(file.sha256())
        ? Optional.empty()
        : Optional.of(
            "was changed: its SHA-256 is %s, not %s"
                .formatted(content.get().sha256(), file.sha256()));
  }
}
