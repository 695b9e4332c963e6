package io.landfall.consumer.kernel;

import io.delta.kernel.Snapshot;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import io.landfall.cli.LandfallException;
import io.landfall.consumer.kernel.TableContent.TableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/** The files of the log that a version of a table is read from. */
final class SnapshotLog {

  private static final String FOLDER = "_delta_log/";
  private static final String SIDECARS = FOLDER + "_sidecars/";
  private static final Pattern COMMIT = Pattern.compile("\\d{20}\\.json");

  private static final StructType SIDECAR =
      new StructType()
          .add(
              "sidecar",
              new StructType().add("path", StringType.STRING).add("sizeInBytes", LongType.LONG));

  private final Engine engine;
  private final Snapshot snapshot;

  SnapshotLog(Engine engine, Snapshot snapshot) {
    this.engine = engine;
    this.snapshot = snapshot;
  }

  /**
   * The commits from the newest one backwards, then the checkpoint: without that, or the first
   * commit of all, the newer ones are no table.
   *
   * @param oldest a version from which on all commits are there and wanted, though the checkpoint
   *     may be newer
   * @param checksums the versions whose notes of an engine are there and wanted
   */
  List<TableFile> files(long oldest, Set<Long> checksums) {
    var segment = snapshot.getLogSegment();
    segment.getDeltas().forEach(this::requireCommit);
    // Kernel wants the commit at the checkpoint too; what is older is there for its notes.
    long first =
        segment
            .getCheckpointVersionOpt()
            .map(checkpoint -> Math.min(checkpoint, oldest))
            .orElse(0L);
    List<TableFile> files = new ArrayList<>();
    for (long version = snapshot.getVersion(); version >= first; version--) {
      files.add(new TableFile(FOLDER + "%020d.json".formatted(version), TableFile.ANY_SIZE));
    }
    for (long version : new TreeSet<>(checksums).descendingSet()) {
      files.add(new TableFile(FOLDER + "%020d.crc".formatted(version), TableFile.ANY_SIZE));
    }
    for (FileStatus checkpoint : segment.getCheckpoints()) {
      files.addAll(sidecars(checkpoint));
    }
    for (FileStatus checkpoint : segment.getCheckpoints()) {
      files.add(
          new TableFile(FOLDER + new Path(checkpoint.getPath()).getName(), checkpoint.getSize()));
    }
    return files;
  }

  private void requireCommit(FileStatus commit) {
    String name = new Path(commit.getPath()).getName();
    if (!COMMIT.matcher(name).matches()) {
      throw LandfallException.refused(
          "The table at %s has commits that only its catalog knows (%s), so that its folder alone is not the table and cannot be copied. Nothing was written."
              .formatted(snapshot.getPath(), name));
    }
  }

  /** Files that a checkpoint of the newer kind names in place of holding what is in them. */
  private List<TableFile> sidecars(FileStatus checkpoint) {
    List<TableFile> files = new ArrayList<>();
    try (CloseableIterator<ColumnarBatch> batches = read(checkpoint)) {
      while (batches.hasNext()) {
        try (CloseableIterator<Row> rows = batches.next().getRows()) {
          while (rows.hasNext()) {
            Row row = rows.next();
            if (!row.isNullAt(0)) {
              Row sidecar = row.getStruct(0);
              files.add(new TableFile(SIDECARS + sidecar.getString(0), sidecar.getLong(1)));
            }
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  private CloseableIterator<ColumnarBatch> read(FileStatus checkpoint) throws IOException {
    CloseableIterator<FileStatus> file = closeable(List.of(checkpoint).iterator());
    return checkpoint.getPath().endsWith(".json")
        ? engine.getJsonHandler().readJsonFiles(file, SIDECAR, Optional.empty())
        : engine
            .getParquetHandler()
            .readParquetFiles(file, SIDECAR, Optional.empty())
            .map(FileReadResult::getData);
  }

  private static CloseableIterator<FileStatus> closeable(Iterator<FileStatus> files) {
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
