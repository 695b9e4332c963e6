package io.landfall.consumer.kernel;

import io.delta.kernel.CommitRangeBuilder.CommitBoundary;
import io.delta.kernel.TableManager;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.CommitRangeNotFoundException;
import io.delta.kernel.exceptions.StartVersionNotFoundException;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import io.landfall.consumer.bronze.Commit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table's commits from a version backwards, one file of the log at a time, until one is no longer
 * there or says nothing.
 */
final class KernelHistory implements Iterator<Commit> {

  private static final StructType COMMIT_INFO =
      new StructType().add("operation", StringType.STRING).add("userMetadata", StringType.STRING);

  private static final StructType LINE = new StructType().add("commitInfo", COMMIT_INFO);

  private final Engine engine;
  private final String table;
  private long version;
  private long oldest;
  private @Nullable Commit next;

  KernelHistory(Engine engine, String table, long version) {
    this.engine = engine;
    this.table = table;
    this.version = version;
    this.oldest = version;
  }

  /** The oldest version that was asked for and is there. */
  long oldestRead() {
    return oldest;
  }

  @Override
  public boolean hasNext() {
    if (next == null && version >= 0) {
      next = read(version).orElse(null);
      oldest = next == null ? oldest : version;
      version = next == null ? -1 : version - 1;
    }
    return next != null;
  }

  @Override
  public Commit next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    Commit commit = next;
    next = null;
    return commit;
  }

  private Optional<Commit> read(long wanted) {
    List<FileStatus> files;
    try {
      files =
          TableManager.loadCommitRange(table, CommitBoundary.atVersion(wanted))
              .withEndBoundary(CommitBoundary.atVersion(wanted))
              .build(engine)
              .getDeltaFiles();
    } catch (CommitRangeNotFoundException | StartVersionNotFoundException e) {
      // The log keeps its files for a while only; what is older is in a checkpoint, without notes.
      return Optional.empty();
    }
    try (CloseableIterator<Row> lines =
        engine
            .getJsonHandler()
            .readJsonFiles(closeable(files.iterator()), LINE, Optional.empty())
            .flatMap(batch -> batch.getRows())) {
      while (lines.hasNext()) {
        Row line = lines.next();
        if (!line.isNullAt(0)) {
          return Optional.of(commit(wanted, line.getStruct(0)));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Commit commit(long version, Row info) {
    return new Commit(
        version,
        info.isNullAt(0) ? "" : info.getString(0),
        info.isNullAt(1) ? Optional.empty() : Optional.of(info.getString(1)));
  }

  static CloseableIterator<FileStatus> closeable(Iterator<FileStatus> files) {
    return new CloseableIterator<>() {
      @Override
      public boolean hasNext() {
        return files.hasNext();
      }

      @Override
      public FileStatus next() {
        return files.next();
      }

      @Override
      public void close() {}
    };
  }
}
