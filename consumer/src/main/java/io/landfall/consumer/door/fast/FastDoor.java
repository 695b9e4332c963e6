package io.landfall.consumer.door.fast;

import io.delta.kernel.Snapshot;
import io.delta.kernel.commit.CommitFailedException;
import io.delta.kernel.commit.Committer;
import io.delta.kernel.exceptions.CommitStateUnknownException;
import io.delta.kernel.exceptions.ConcurrentWriteException;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.landfall.cli.LandfallException;
import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.bronze.BronzeSchema;
import io.landfall.consumer.bronze.CommitNote;
import io.landfall.consumer.bronze.RowLayout;
import io.landfall.consumer.bronze.TableDescription;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.bronze.Transaction;
import io.landfall.consumer.bronze.WrittenFile;
import io.landfall.consumer.door.Batch;
import io.landfall.consumer.door.Door;
import io.landfall.consumer.door.NewColumns;
import io.landfall.consumer.door.NewFolder;
import io.landfall.consumer.door.Outcome;
import io.landfall.consumer.door.Protocol;
import io.landfall.consumer.kernel.KernelTable;
import io.landfall.consumer.landing.Offsets;
import io.landfall.schemas.Dataset;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/** Files from the tasks, committed through Kernel. */
public final class FastDoor implements Door {

  private final SparkSession spark;
  private final Dataset dataset;
  private final Folder folder;
  private final Configuration configuration;
  private final TableFolder files;
  private final KernelTable table;
  private final KernelCommits commits;
  private final Protocol protocol;
  private @Nullable Committer committer;

  public FastDoor(SparkSession spark, Dataset dataset, Folder folder) {
    this.spark = spark;
    this.dataset = dataset;
    this.folder = folder;
    this.configuration = spark.sparkContext().hadoopConfiguration();
    this.files = new TableFolder(folder, configuration);
    this.table = KernelTable.in(folder, configuration);
    this.commits = new KernelCommits(table);
    this.protocol = new Protocol(folder, dataset);
  }

  @Override
  public String name() {
    return "fast";
  }

  @Override
  public KernelTable table() {
    return table;
  }

  @Override
  public TableState open(String topicId) {
    for (int attempt = 0; attempt < Protocol.ATTEMPTS; attempt++) {
      Optional<Snapshot> snapshot = table.find();
      if (snapshot.isEmpty()) {
        protocol.requireNotGone();
        create(topicId);
        continue;
      }
      TableDescription described = table.describe(snapshot.get());
      protocol.requireOurs(described);
      committer = snapshot.get().getCommitter();
      TableState state = protocol.require(described, table.state(snapshot.get()), topicId);
      var missing = protocol.missing(described);
      if (missing.isEmpty()) {
        return state;
      }
      try {
        NewColumns.add(spark, folder, missing);
      } catch (ConcurrentModificationException e) {
        // Another writer changed the table in this moment; what it left is looked at again.
      }
    }
    throw protocol.busy();
  }

  private void create(String topicId) {
    NewFolder.require(folder, configuration);
    try {
      commits.create(dataset, topicId);
    } catch (KernelException | CommitStateUnknownException e) {
      // Another writer creates it in this moment, or has left a log that is no table yet; or it was
      // created, and nobody heard.
      if (!table.exists()) {
        throw e;
      }
    }
  }

  @Override
  public Outcome append(org.apache.spark.sql.Dataset<Row> records, Batch batch) {
    List<WrittenFile> written = new ArrayList<>();
    TreeMap<Integer, Long> ends = new TreeMap<>();
    Optional<SliceResult.Undecodable> undecodable = Optional.empty();
    for (SliceResult result : write(records, batch)) {
      if (result instanceof SliceResult.Landed landed) {
        written.addAll(landed.files());
        landed.ends().forEach((partition, end) -> ends.merge(partition, end, Math::max));
      } else if (result instanceof SliceResult.Undecodable bad) {
        undecodable = Optional.of(bad);
      }
    }
    if (undecodable.isPresent()) {
      files.discard(written);
      throw undecodable.get().exception();
    }
    return written.isEmpty() ? new Outcome.Empty() : commit(batch, new Offsets(ends), written);
  }

  private List<SliceResult> write(org.apache.spark.sql.Dataset<Row> records, Batch batch) {
    RowLayout layout =
        new RowLayout(
            dataset.schema().toString(),
            BronzeSchema.statisticsColumns(dataset),
            batch.topicId(),
            batch.beganMicros());
    SliceTask task =
        new SliceTask(folder.toString(), layout, new SerializableConfiguration(configuration));
    return records
        .queryExecution()
        .toRdd()
        .toJavaRDD()
        .coalesce(batch.tasks(spark.sparkContext().defaultParallelism()))
        .mapPartitions(task)
        .collect();
  }

  private Outcome commit(Batch batch, Offsets ends, List<WrittenFile> written) {
    long rows = written.stream().mapToLong(WrittenFile::rows).sum();
    Optional<RuntimeException> lost = Optional.empty();
    for (int attempt = 0; attempt < Protocol.ATTEMPTS; attempt++) {
      Snapshot snapshot = snapshot(lost.isEmpty() ? written : List.of());
      TableDescription described = table.describe(snapshot);
      CommitNote note =
          protocol.note(batch, described.applicationId(), ends).seen(snapshot.getVersion());
      // A commit whose answer was lost may name the files, or may yet come to do so.
      List<WrittenFile> unnamed = lost.isEmpty() ? written : List.of();
      Optional<Outcome> decided = decided(snapshot, described, note, rows, unnamed);
      if (decided.isPresent()) {
        return decided.get();
      }
      if (lost.isPresent()) {
        // The commit is not there, and nobody else's came first.
        throw lost.get();
      }
      Transaction identifier = Transaction.from(described.applicationId(), batch.from());
      try {
        long version = commits.append(snapshot, identifier, note, written);
        TableState state =
            new TableState(
                version, note.to(), OptionalLong.of(identifier.version()), note.writer());
        return new Outcome.Committed(state, rows);
      } catch (KernelException | CommitStateUnknownException e) {
        // Another commit came first, or this one may be there. The table is looked at again.
        lost = isConflict(e) ? Optional.empty() : Optional.of(e);
      }
    }
    throw protocol.busy();
  }

  private Snapshot snapshot(List<WrittenFile> unnamed) {
    try {
      return commits.snapshot(ownCommitter());
    } catch (TableNotFoundException e) {
      files.discard(unnamed);
      protocol.requireNotGone();
      throw e;
    }
  }

  private Optional<Outcome> decided(
      Snapshot snapshot,
      TableDescription described,
      CommitNote note,
      long rows,
      List<WrittenFile> unnamed) {
    Optional<Outcome> decided;
    try {
      decided = protocol.decided(described, table.state(snapshot), note, rows);
    } catch (LandfallException e) {
      files.discard(unnamed);
      throw e;
    }
    if (decided.isPresent() && decided.get() instanceof Outcome.Moved) {
      files.discard(unnamed);
    }
    return decided;
  }

  /** Whether a commit that failed is certainly not there: another one has its place. */
  private static boolean isConflict(RuntimeException failure) {
    if (failure instanceof CommitStateUnknownException) {
      return false;
    }
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof CommitFailedException failed) {
        return failed.isConflict();
      }
    }
    // Kernel saw another's commit before it wrote anything.
    return failure instanceof ConcurrentWriteException;
  }

  private Committer ownCommitter() {
    if (committer == null) {
      throw new IllegalStateException("The door is not open");
    }
    return committer;
  }
}
