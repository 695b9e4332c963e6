package io.landfall.cli.lineage;

import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What a run reads or writes.
 *
 * @param fields of its rows; none where they are not known
 * @param rows how many were read or written so far; empty where they are not counted. It is asked
 *     by another thread than the one that counts
 */
public record LineageDataset(DatasetName name, List<Field> fields, Optional<LongSupplier> rows) {

  /**
   * One field of a row.
   *
   * @param description empty if there is none
   */
  public record Field(String name, String type, String description) {}

  public LineageDataset {
    fields = List.copyOf(fields);
  }

  /** One whose rows are neither described nor counted. */
  public static LineageDataset of(DatasetName name) {
    return new LineageDataset(name, List.of(), Optional.empty());
  }

  /** The same with a description of its rows. */
  public LineageDataset of(List<Field> rowFields) {
    return new LineageDataset(name, rowFields, rows);
  }

  /** The same with a count of its rows. */
  public LineageDataset counting(LongSupplier count) {
    return new LineageDataset(name, fields, Optional.of(count));
  }
}
