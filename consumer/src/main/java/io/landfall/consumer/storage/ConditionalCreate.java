package io.landfall.consumer.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.CreateFileOptionKeys;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.VersionInfo;

/**
 * Creates a file that nobody else has created, whatever becomes of the answers.
 *
 * <p>After any failure the storage is asked what stands there, because an error does not tell: the
 * storage refuses also the second try of a writer whose first one arrived and whose answer was
 * lost. So content that equals ours is ours, other content is a conflict, and nothing means that it
 * may be tried again: of all tries of all writers the storage takes at most one.
 *
 * <p>Content that equals ours and was written by another would be taken for ours. A Delta commit
 * holds the random {@code txnId} of its transaction, so that no two are equal; of a file that
 * follows from the log alone (a checksum, a compaction) it does not matter who wrote it.
 */
final class ConditionalCreate {

  /** With the pauses some six seconds; Hadoop has tried each several times by then. */
  private static final int ATTEMPTS = 6;

  private static final Duration LONGEST_FIRST_PAUSE = Duration.ofMillis(200);

  private enum Stored {
    NOTHING,
    OURS,
    ANOTHERS
  }

  /** Waits. */
  interface Pause {
    void of(Duration time) throws InterruptedException;
  }

  private final FileSystem files;
  private final Pause pause;

  ConditionalCreate(FileSystem files, Pause pause) {
    this.files = files;
    this.pause = pause;
  }

  /**
   * Returns when the file is there with this content.
   *
   * @throws FileAlreadyExistsException if it is there with another
   * @throws IOException if it could not be created, or it is not known whether it was
   */
  void create(Path path, byte[] content) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        once(files, path, content);
        return;
      } catch (IOException failure) {
        switch (stored(path, content, failure)) {
          case OURS -> {
            return;
          }
          case ANOTHERS -> throw conflict(path, failure);
          case NOTHING -> {
            if (attempt == ATTEMPTS || isFinal(failure)) {
              throw failure;
            }
          }
        }
        pauseAfter(attempt, failure);
      }
    }
  }

  /** One request to the storage to create the file if it is not there. */
  static void once(FileSystem files, Path path, byte[] content) throws IOException {
    FSDataOutputStream out = open(files, path);
    try {
      out.write(content);
    } catch (IOException e) {
      // To close it would be to upload what was written so far.
      out.abort();
      throw e;
    }
    out.close();
  }

  private static FSDataOutputStream open(FileSystem files, Path path) throws IOException {
    try {
      FSDataOutputStreamBuilder<?, ?> builder = files.createFile(path);
      // Overwriting is allowed, so that only the storage decides: without it s3a looks first.
      builder.overwrite(true).recursive();
      builder.must(CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE, true);
      return builder.build();
    } catch (IllegalArgumentException | UnsupportedOperationException e) {
      throw UnsafeStorageException.unknown(files.getUri().toString(), VersionInfo.getVersion(), e);
    }
  }

  private Stored stored(Path path, byte[] content, IOException failure) throws IOException {
    try (FSDataInputStream in = files.open(path)) {
      return Arrays.equals(in.readAllBytes(), content) ? Stored.OURS : Stored.ANOTHERS;
    } catch (FileNotFoundException e) {
      return Stored.NOTHING;
    } catch (IOException e) {
      failure.addSuppressed(e);
      throw failure;
    }
  }

  private static FileAlreadyExistsException conflict(Path path, IOException failure) {
    FileAlreadyExistsException conflict = new FileAlreadyExistsException(path.toString());
    conflict.initCause(failure);
    return conflict;
  }

  /** What another try would not change, or what asks this thread to end. */
  private static boolean isFinal(IOException failure) {
    return failure instanceof UnsafeStorageException
        || failure instanceof AccessDeniedException
        || (failure instanceof InterruptedIOException
            && !(failure instanceof SocketTimeoutException));
  }

  /** Twice as long after each attempt, by chance shorter, so that two writers drift apart. */
  private void pauseAfter(int attempt, IOException failure) throws IOException {
    long most = LONGEST_FIRST_PAUSE.toMillis() << (attempt - 1);
    try {
      pause.of(Duration.ofMillis(ThreadLocalRandom.current().nextLong(most / 2, most + 1)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure;
    }
  }
}
