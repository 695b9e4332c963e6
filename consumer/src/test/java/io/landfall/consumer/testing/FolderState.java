package io.landfall.consumer.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Everything that can be seen of a folder from outside; equal if nothing in it was touched. */
public record FolderState(Map<String, Entry> entries) {

  public record Entry(String sha256, FileTime modified, Set<PosixFilePermission> permissions) {}

  public static FolderState of(Path folder) {
    Map<String, Entry> entries = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        PosixFileAttributes attributes =
            Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        entries.put(
            folder.relativize(path).toString(),
            new Entry(
                attributes.isRegularFile() ? sha256(path) : "",
                attributes.lastModifiedTime(),
                attributes.permissions()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new FolderState(entries);
  }

  private static String sha256(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
