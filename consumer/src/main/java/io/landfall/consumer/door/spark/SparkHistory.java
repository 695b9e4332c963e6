package io.landfall.consumer.door.spark;

import io.delta.tables.DeltaTable;
import io.landfall.consumer.bronze.Commit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.sql.Row;

/**
 * A table's commits from the newest one backwards, for as far as the log keeps them; a few at
 * first, because one of ours is seldom far.
 */
final class SparkHistory implements Iterator<Commit> {

  private static final int FEW = 10;
  private static final int MANY = 1_000;

  private final DeltaTable table;
  private final Deque<Commit> read = new ArrayDeque<>();
  private final long newest;
  private boolean more;
  private long version;

  SparkHistory(DeltaTable table) {
    this.table = table;
    List<Row> commits = commits(FEW);
    this.newest = commits.get(0).getLong(0);
    this.version = newest + 1;
    this.more = commits.size() == FEW;
    take(commits);
  }

  long newestVersion() {
    return newest;
  }

  private List<Row> commits(int most) {
    return table.history(most).select("version", "operation", "userMetadata").collectAsList();
  }

  /** What is older than all that was taken before. */
  private void take(List<Row> commits) {
    for (Row commit : commits) {
      if (commit.getLong(0) < version) {
        version = commit.getLong(0);
        read.add(
            new Commit(
                version,
                commit.isNullAt(1) ? "" : commit.getString(1),
                Optional.ofNullable(commit.getString(2))));
      }
    }
  }

  @Override
  public boolean hasNext() {
    if (read.isEmpty() && more) {
      more = false;
      take(commits(MANY));
    }
    return !read.isEmpty();
  }

  @Override
  public Commit next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return read.remove();
  }
}
