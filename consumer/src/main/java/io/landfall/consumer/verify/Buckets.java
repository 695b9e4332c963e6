package io.landfall.consumer.verify;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pieces of bytes in a number of files, so that what belongs together can be looked at together
 * without all of it in memory. For one thread.
 */
final class Buckets implements AutoCloseable {

  private final Path folder;
  private final String name;
  private final @Nullable DataOutputStream[] open;

  /**
   * @param folder a scratch folder that is there
   * @param name of the files, which no other in the folder has
   */
  Buckets(Path folder, String name, int count) {
    this.folder = folder;
    this.name = name;
    this.open = new @Nullable DataOutputStream[Math.max(1, count)];
  }

  int count() {
    return open.length;
  }

  void add(int bucket, byte[] piece) {
    try {
      @Nullable DataOutputStream out = open[bucket];
      if (out == null) {
        out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file(bucket))));
        open[bucket] = out;
      }
      out.writeInt(piece.length);
      out.write(piece);
    } catch (IOException e) {
      throw new ScratchFailure(e);
    }
  }

  /** All pieces of one bucket, which takes no more. */
  List<byte[]> read(int bucket) {
    List<byte[]> pieces = new ArrayList<>();
    try {
      @Nullable DataOutputStream out = open[bucket];
      if (out == null) {
        return pieces;
      }
      out.close();
      try (DataInputStream in =
          new DataInputStream(new BufferedInputStream(Files.newInputStream(file(bucket))))) {
        while (in.available() > 0) {
          pieces.add(in.readNBytes(in.readInt()));
        }
      }
      return pieces;
    } catch (IOException e) {
      throw new ScratchFailure(e);
    }
  }

  private Path file(int bucket) {
    return folder.resolve("%s-%d".formatted(name, bucket));
  }

  @Override
  public void close() {
    try {
      for (int bucket = 0; bucket < open.length; bucket++) {
        @Nullable DataOutputStream out = open[bucket];
        if (out != null) {
          try {
            out.close();
          } finally {
            Files.deleteIfExists(file(bucket));
          }
        }
      }
    } catch (IOException e) {
      throw new ScratchFailure(e);
    }
  }
}
