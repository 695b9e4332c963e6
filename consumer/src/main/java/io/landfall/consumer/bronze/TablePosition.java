package io.landfall.consumer.bronze;

import io.landfall.consumer.landing.Offsets;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaHistoryManager;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.CommitInfo;
import org.apache.spark.sql.delta.util.FileNames$;
import org.apache.spark.sql.functions;
import scala.Option;

/**
 * Finds out which part of the topic a table holds: from the newest commit of ours, or from the rows
 * themselves.
 *
 * <p>The note in a commit is exact, with the markers and aborted records behind the last row. It
 * counts only if nothing but harmless commits came after it. After anything else, RESTORE above
 * all, the rows are asked: they are what is there, whatever the log tells. Transaction versions are
 * never asked, because RESTORE does not take them back.
 */
final class TablePosition {

  /** Commits that neither bring nor take rows. */
  private static final Set<String> HARMLESS =
      Set.of(
          "OPTIMIZE",
          "VACUUM START",
          "VACUUM END",
          "ADD COLUMNS",
          "CHANGE COLUMN",
          "SET TBLPROPERTIES",
          "UNSET TBLPROPERTIES",
          "UPGRADE PROTOCOL",
          "COMPUTE STATS",
          "REORG");

  private static final String OURS = "WRITE";
  private static final String CREATED = "CREATE TABLE";

  private final SparkSession spark;
  private final DeltaLog log;
  private final String topicId;

  TablePosition(SparkSession spark, DeltaLog log, String topicId) {
    this.spark = spark;
    this.log = log;
    this.topicId = topicId;
  }

  /**
   * The position at a snapshot.
   *
   * @param known the position at an older version, where the walk back may end
   */
  Offsets at(Snapshot snapshot, Optional<TableState> known) {
    Configuration configuration = log.newDeltaHadoopConf();
    for (long version = snapshot.version(); version >= 0; version--) {
      if (known.isPresent() && known.get().version() == version) {
        return known.get().position();
      }
      Option<CommitInfo> commit =
          DeltaHistoryManager.getCommitInfoOpt(
              log.store(),
              FileNames$.MODULE$.unsafeDeltaFile(log.logPath(), version),
              configuration);
      if (commit.isEmpty()) {
        break;
      }
      Optional<Offsets> told = told(commit.get());
      if (told.isPresent()) {
        return told.get();
      }
      if (!HARMLESS.contains(commit.get().operation())) {
        break;
      }
    }
    return fromRows(snapshot);
  }

  private Optional<Offsets> told(CommitInfo commit) {
    if (commit.operation().equals(CREATED)) {
      return Optional.of(Offsets.START);
    }
    if (!commit.operation().equals(OURS) || commit.userMetadata().isEmpty()) {
      return Optional.empty();
    }
    return CommitNote.parse(commit.userMetadata().get())
        .filter(note -> note.topicId().equals(topicId))
        .map(CommitNote::to);
  }

  private Offsets fromRows(Snapshot snapshot) {
    TreeMap<Integer, Long> ends = new TreeMap<>();
    String partition = SystemColumn.PARTITION.column();
    for (Row row :
        spark
            .read()
            .format("delta")
            .option("versionAsOf", snapshot.version())
            .load(log.dataPath().toString())
            .groupBy(partition)
            .agg(functions.max(SystemColumn.OFFSET.column()))
            .collectAsList()) {
      ends.put(row.getInt(0), row.getLong(1) + 1);
    }
    return new Offsets(ends);
  }
}
