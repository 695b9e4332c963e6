package io.landfall.consumer.door.fast;

import io.delta.kernel.Snapshot;
import io.delta.kernel.commit.CommitFailedException;
import io.delta.kernel.commit.Committer;
import io.delta.kernel.exceptions.CommitStateUnknownException;
import io.delta.kernel.exceptions.ConcurrentWriteException;
import io.delta.kernel.exceptions.KernelException;
import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.bronze.Commit;
import io.landfall.consumer.bronze.TableDescription;
import io.landfall.consumer.bronze.Transaction;
import io.landfall.consumer.bronze.WrittenFile;
import io.landfall.consumer.columnar.ColumnarFile;
import io.landfall.consumer.door.NewColumns;
import io.landfall.consumer.door.NewFolder;
import io.landfall.consumer.door.Protocol;
import io.landfall.consumer.kernel.KernelTable;
import io.landfall.schemas.Dataset;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** A table in a folder that files are made part of. For one thread. */
final class FastTable {

  private final SparkSession spark;
  private final Dataset dataset;
  private final Folder folder;
  private final boolean filesFirst;
  private final Configuration configuration;
  private final TableFolder files;
  private final KernelTable table;
  private final KernelCommits commits;
  private final Protocol protocol;
  private @Nullable Committer committer;

  /**
   * @param filesFirst whether files are written before the table is there
   */
  FastTable(SparkSession spark, Dataset dataset, Folder folder, boolean filesFirst) {
    this.spark = spark;
    this.dataset = dataset;
    this.folder = folder;
    this.filesFirst = filesFirst;
    this.configuration = spark.sparkContext().hadoopConfiguration();
    this.files = new TableFolder(folder, configuration);
    this.table = KernelTable.in(folder, configuration);
    this.commits = new KernelCommits(table);
    this.protocol = new Protocol(folder, dataset);
  }

  Dataset dataset() {
    return dataset;
  }

  Folder folder() {
    return folder;
  }

  KernelTable table() {
    return table;
  }

  Protocol protocol() {
    return protocol;
  }

  /** Refuses what cannot be appended to. */
  interface Check {
    void require(Snapshot snapshot, TableDescription described, String topicId);
  }

  /**
   * The newest version of the table, which is created where there is none, with the columns of the
   * newest schema.
   *
   * @param check refuses what cannot be appended to
   */
  Snapshot open(String topicId, Check check) {
    for (int attempt = 0; attempt < Protocol.ATTEMPTS; attempt++) {
      var snapshot = table.find();
      if (snapshot.isEmpty()) {
        protocol.requireNotGone();
        create(topicId);
        continue;
      }
      TableDescription described = table.describe(snapshot.get());
      check.require(snapshot.get(), described, topicId);
      committer = snapshot.get().getCommitter();
      var missing = protocol.missing(described);
      if (missing.isEmpty()) {
        return snapshot.get();
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
    // Whoever writes files first and the table then may die in between.
    NewFolder.require(folder, configuration, filesFirst ? ColumnarFile::isNamedSo : name -> false);
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

  /** The newest version of an open table, from which one commit may go on. */
  Snapshot snapshot() {
    if (committer == null) {
      throw new IllegalStateException("The door is not open");
    }
    return commits.snapshot(committer);
  }

  /**
   * Makes files part of the table, if nobody has committed anything since the snapshot.
   *
   * @return the version
   * @throws RuntimeException of Kernel's, which {@link #isConflict} tells of
   */
  long append(Snapshot snapshot, Transaction identifier, String note, List<WrittenFile> written) {
    return commits.append(snapshot, identifier, note, written);
  }

  /**
   * The same.
   *
   * @param note that no other commit has
   * @return whether they are part of it; false if somebody else came first
   */
  boolean add(Snapshot snapshot, Transaction identifier, String note, List<WrittenFile> written) {
    try {
      commits.append(snapshot, identifier, note, written);
      return true;
    } catch (KernelException | CommitStateUnknownException e) {
      if (isConflict(e)) {
        return false;
      }
      // The answer was lost: the commit is there, or another one, or none.
      Snapshot now = snapshot();
      if (isThere(now, snapshot.getVersion(), note)) {
        return true;
      }
      if (now.getVersion() > snapshot.getVersion()) {
        return false;
      }
      throw e;
    }
  }

  private boolean isThere(Snapshot now, long after, String note) {
    Iterator<Commit> history = table.history(now);
    while (history.hasNext()) {
      Commit commit = history.next();
      if (commit.version() <= after) {
        return false;
      }
      if (commit.info().userMetadata().filter(note::equals).isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** Whether a commit that failed is certainly not there: another one has its place. */
  static boolean isConflict(RuntimeException failure) {
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

  void discard(List<WrittenFile> written) {
    files.discard(written);
  }
}
