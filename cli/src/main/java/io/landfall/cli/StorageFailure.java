package io.landfall.cli;

import java.io.IOException;
import java.net.SocketException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What files and folders refuse, told apart: full, forbidden, read-only, not a folder.
 *
 * <p>Libraries between us and the file system (Hadoop, Spark's tasks, RocksDB) hand on the
 * operating system's words as text, often without the exception, so it is the words that are looked
 * for, anywhere in the chain of causes.
 */
public final class StorageFailure {

  /**
   * One kind of refusal.
   *
   * @param words of the operating system, or of a library that speaks for it
   * @param meaning as the end of a sentence
   * @param cure what to do
   */
  private record Kind(Pattern words, String meaning, String cure) {
    static Kind of(String words, String meaning, String cure) {
      return new Kind(Pattern.compile(words, Pattern.CASE_INSENSITIVE), meaning, cure);
    }
  }

  private static final String MAKE_ROOM = "Make room";

  private static final List<Kind> KINDS =
      List.of(
          Kind.of(
              "no space left on device|not enough space|disk full|file system full",
              "the disk is full",
              MAKE_ROOM),
          Kind.of("quota exceeded", "the quota of the disk is used up", MAKE_ROOM),
          Kind.of(
              "read-only file system",
              "the file system can only be read",
              "Name a folder that can be written"),
          Kind.of(
              "permission denied|access denied|AccessControlException|operation not permitted",
              "permission is missing",
              "Let this user write there, or name another folder"),
          Kind.of(
              "not a directory|NotDirectoryException|FileAlreadyExistsException|is not a folder",
              "a file is where a folder should be",
              "Name another folder"),
          Kind.of(
              "mkdirs failed|DELTA_CANNOT_CREATE_LOG_PATH|(?:cannot|failed to) create (?:file:)?/",
              "the folder cannot be made",
              "Name a folder that can be written"),
          Kind.of(
              "too many open files",
              "too many files are open",
              "Raise the limit of open files (ulimit -n)"));

  private static final Pattern PATH = Pattern.compile("(?<![\\w/.])(?:file:)?(/[^\\s'\"`,;()]+)");

  private StorageFailure() {}

  /** What the storage refused, if that is what this failure comes from. */
  static Optional<String> of(Throwable failure) {
    List<Throwable> chain = Causes.of(failure);
    return kind(chain)
        .map(
            kind ->
                "%s%s. %s, then give the same command again; what was committed stays."
                    .formatted(
                        path(chain).map(path -> path + ": ").orElse(""),
                        kind.meaning(),
                        kind.cure()));
  }

  private static Optional<Kind> kind(List<Throwable> chain) {
    return chain.stream()
        .map(StorageFailure::words)
        .flatMap(words -> KINDS.stream().filter(kind -> kind.words().matcher(words).find()))
        .findFirst();
  }

  /** Of a socket "permission denied" means something else. */
  private static String words(Throwable cause) {
    if (cause instanceof SocketException) {
      return "";
    }
    return cause instanceof AccessDeniedException
        ? "permission denied"
        : cause.getClass().getSimpleName() + " " + cause.getMessage();
  }

  private static Optional<String> path(List<Throwable> chain) {
    Optional<String> named =
        chain.stream()
            .filter(FileSystemException.class::isInstance)
            .map(cause -> ((FileSystemException) cause).getFile())
            .filter(file -> file != null)
            .findFirst();
    return named.or(
        () ->
            chain.stream()
                .map(cause -> PATH.matcher(String.valueOf(cause.getMessage())))
                .filter(java.util.regex.Matcher::find)
                .map(matcher -> matcher.group(1).replaceAll("[:.]+$", ""))
                .findFirst());
  }

  /**
   * Writes a byte in a folder or, if it is not there yet, in a new one beside the place of the
   * first that is missing, and takes away what it made: what cannot be written is told before
   * anything is started. The folder itself is not made, because another program may be about to use
   * it.
   *
   * @param setting as its user knows it, for example {@code --table}
   * @throws LandfallException if it cannot be written
   */
  public static void requireWritable(String setting, Path folder) {
    try {
      Path there = nearest(folder.toAbsolutePath());
      if (there.equals(folder.toAbsolutePath())) {
        probe(there);
        return;
      }
      Path made = Files.createTempDirectory(there, ".landfall-");
      try {
        probe(made);
      } finally {
        Files.deleteIfExists(made);
      }
    } catch (IOException e) {
      throw unusable(setting, folder, e);
    }
  }

  private static void probe(Path folder) throws IOException {
    Path probe = Files.createTempFile(folder, ".landfall-", ".probe");
    try {
      Files.write(probe, new byte[] {1});
    } finally {
      Files.deleteIfExists(probe);
    }
  }

  /** The answer where a setting names a file or folder that cannot be used. */
  public static LandfallException unusable(String setting, Path path, IOException e) {
    Optional<Kind> kind = kind(Causes.of(e));
    String message =
        "%s %s cannot be used: %s. %s."
            .formatted(
                setting,
                path,
                kind.map(Kind::meaning).orElseGet(() -> Reason.of(e)),
                kind.map(Kind::cure).orElse("Name one in a folder that exists and may be written"));
    return kind.isPresent() && kind.get().cure().equals(MAKE_ROOM)
        ? LandfallException.unavailable(message, e)
        : LandfallException.usage(message, e);
  }

  /** The path itself or, if there is nothing, the folder above it that is there. */
  private static Path nearest(Path path) throws IOException {
    try {
      Files.readAttributes(path, BasicFileAttributes.class);
      return path;
    } catch (NoSuchFileException e) {
      Path above = path.getParent();
      if (above == null) {
        throw e;
      }
      if (Files.isSymbolicLink(path)) {
        throw new NoSuchFileException(path.toString(), null, "the link leads nowhere");
      }
      return nearest(above);
    }
  }
}
