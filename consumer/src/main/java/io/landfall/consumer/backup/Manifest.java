package io.landfall.consumer.backup;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a backup is made of.
 *
 * @param id VERSION-TIME
 * @param landfall the version of Landfall that made it
 * @param table where the table was
 * @param tables the bronze table first, then those beside it
 */
public record Manifest(
    String id, Instant createdAt, String landfall, String table, List<TableCopy> tables) {

  public Manifest {
    tables = List.copyOf(tables);
  }

  /** The bronze table itself. */
  public TableCopy bronze() {
    return tables.get(0);
  }

  List<StoredFile> files() {
    List<StoredFile> files = new ArrayList<>();
    tables.forEach(table -> files.addAll(table.files()));
    return files;
  }

  /** How many files it needs. */
  public long fileCount() {
    return files().size();
  }

  /** How much they hold. */
  public long bytes() {
    return files().stream().mapToLong(StoredFile::bytes).sum();
  }
}
