package io.landfall.consumer.door.spark;

import io.delta.tables.DeltaTable;
import io.landfall.consumer.bronze.Commit;
import io.landfall.consumer.bronze.CommitInfo;
import io.landfall.consumer.bronze.FileChanges;
import io.landfall.consumer.bronze.Redefinition;
import io.landfall.consumer.bronze.TableDescription;
import io.landfall.consumer.watch.CommitAuthor;
import java.sql.Timestamp;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * A table's commits from the newest one backwards, for as far as the log keeps them, as its history
 * tells them: for a catalog that lets nobody read the log itself. What a commit did is known by its
 * name and its own figures only. A few at first, because one of ours is seldom far.
 */
final class SparkHistory implements Iterator<Commit> {

  private static final int FEW = 10;
  private static final int MANY = 1_000;

  /** What neither brings nor takes rows. */
  private static final Set<String> HARMLESS =
      Set.of(
          "CREATE TABLE",
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

  /** What may protect the table less. */
  private static final Set<String> REDEFINES =
      Set.of("CHANGE COLUMN", "SET TBLPROPERTIES", "UNSET TBLPROPERTIES", "UPGRADE PROTOCOL");

  /** What brings rows and may take some. */
  private static final Set<String> WRITES =
      Set.of("WRITE", "STREAMING UPDATE", "MERGE", "COPY INTO");

  /** What says of itself that it took rows, if it did. */
  private static final Set<String> FIGURES =
      Set.of(
          "numRemovedFiles", "numTargetFilesRemoved", "numDeletedRows", "numDeletionVectorsAdded");

  private final DeltaTable table;
  private final TableDescription described;
  private final Deque<Commit> read = new ArrayDeque<>();
  private boolean more;
  private long version;

  /**
   * @param described what the table is now
   * @param newest its newest version
   */
  SparkHistory(DeltaTable table, TableDescription described, long newest) {
    this.table = table;
    this.described = described;
    this.version = newest + 1;
    List<Row> commits = commits(FEW);
    this.more = commits.size() == FEW;
    take(commits);
  }

  private List<Row> commits(int most) {
    return table.history(most).collectAsList();
  }

  /** What is older than all that was taken before. */
  private void take(List<Row> commits) {
    for (Row commit : commits) {
      long number = commit.<Long>getAs("version");
      if (number < version) {
        version = number;
        read.add(commit(number, commit));
      }
    }
  }

  private Commit commit(long number, Row commit) {
    CommitInfo info =
        new CommitInfo(
            text(commit, "operation"),
            texts(commit, "operationParameters"),
            CommitAuthor.of(
                text(commit, "userName"),
                text(commit, "userId"),
                text(commit, "clusterId"),
                "",
                "",
                text(commit, "engineInfo")),
            Optional.ofNullable(commit.<@Nullable Timestamp>getAs("timestamp"))
                .map(Timestamp::toInstant),
            Optional.ofNullable(commit.<@Nullable String>getAs("userMetadata")));
    return new Commit(
        number,
        info,
        files(info, texts(commit, "operationMetrics")),
        // What the definition was then is not told; what it is now is looked at instead.
        REDEFINES.contains(info.operation())
            ? Optional.of(new Redefinition(Optional.empty(), described))
            : Optional.empty());
  }

  private static FileChanges files(CommitInfo info, Map<String, String> figures) {
    if (HARMLESS.contains(info.operation())) {
      return FileChanges.NONE;
    }
    boolean takes =
        !WRITES.contains(info.operation())
            || info.parameters().getOrDefault("mode", "").equals("Overwrite")
            || FIGURES.stream().anyMatch(figure -> !figures.getOrDefault(figure, "0").equals("0"));
    return new FileChanges(
        FileChanges.Files.of(1),
        takes ? FileChanges.Files.of(1) : FileChanges.Files.NONE,
        FileChanges.Files.NONE,
        FileChanges.Files.NONE);
  }

  private static String text(Row commit, String column) {
    @Nullable Object text = commit.getAs(column);
    return text == null ? "" : text.toString();
  }

  private static Map<String, String> texts(Row commit, String column) {
    int index = commit.fieldIndex(column);
    if (commit.isNullAt(index)) {
      return Map.of();
    }
    Map<String, @Nullable String> texts = commit.getJavaMap(index);
    Map<String, String> present = new TreeMap<>();
    texts.forEach(
        (key, value) -> {
          if (value != null) {
            present.put(key, value);
          }
        });
    return present;
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
