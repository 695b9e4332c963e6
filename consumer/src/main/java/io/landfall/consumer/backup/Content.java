package io.landfall.consumer.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;

/**
 * What is in a file, as far as a backup wants to know.
 *
 * @param sha256 64 hexadecimal digits
 */
record Content(long bytes, String sha256) {

  private static final int BUFFER = 1 << 20;

  static Content of(byte[] content) {
    return new Content(content.length, HexFormat.of().formatHex(digest().digest(content)));
  }

  /** Reads a file to its end. */
  static Content of(FileSystem files, Path path) throws IOException {
    try (InputStream in = files.open(path)) {
      return through(in, OutputStream.nullOutputStream());
    }
  }

  /**
   * Copies a file to a place where none is.
   *
   * @return what was read, and written
   */
  static Content copy(FileSystem from, Path source, FileSystem to, Path target) throws IOException {
    try (InputStream in = from.open(source);
        FSDataOutputStream out = to.create(target, false)) {
      Content content = through(in, out);
      if (out.hasCapability(StreamCapabilities.HSYNC)) {
        // A manifest must not outlive the files that it names, if the power goes.
        out.hsync();
      }
      return content;
    }
  }

  /** The file system without check sums of Hadoop's own, which lie beside files as hidden ones. */
  static FileSystem exact(FileSystem files) {
    return files instanceof ChecksumFileSystem checked ? checked.getRawFileSystem() : files;
  }

  private static Content through(InputStream in, OutputStream out) throws IOException {
    MessageDigest digest = digest();
    DigestInputStream hashed = new DigestInputStream(in, digest);
    byte[] buffer = new byte[BUFFER];
    long bytes = 0;
    for (int read = hashed.read(buffer); read >= 0; read = hashed.read(buffer)) {
      out.write(buffer, 0, read);
      bytes += read;
    }
    return new Content(bytes, HexFormat.of().formatHex(digest.digest()));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
