package io.landfall.consumer.bronze;

import io.landfall.cli.TableLocation;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.SchemaHistory;
import java.util.List;

/**
 * The table beside a bronze table that holds the records which are no rows of it. It is a bronze
 * table too, of a dataset of its own: append-only, with the same properties and system columns.
 */
public final class QuarantineTable {

  /** In the column {@code state}: a record, or that it has become a row. */
  public static final String QUARANTINED = "QUARANTINED";

  public static final String RESOLVED = "RESOLVED";

  /** The column that tells the two apart. */
  public static final String STATE = "state";

  private static final String SUFFIX = "_quarantine";

  private QuarantineTable() {}

  /** Where it lies. */
  public static TableLocation beside(TableLocation bronze) {
    if (bronze instanceof TableLocation.Catalog name) {
      return new TableLocation.Catalog(name.catalog(), name.schema(), name.table() + SUFFIX);
    }
    return beside((TableLocation.Folder) bronze);
  }

  /** Where it lies. */
  public static TableLocation.Folder beside(TableLocation.Folder bronze) {
    return new TableLocation.Folder(bronze.scheme(), bronze.authority(), bronze.path() + SUFFIX);
  }

  /** What it holds. */
  public static Dataset of(Dataset dataset) {
    return new Dataset(
        dataset.source(),
        dataset.api(),
        dataset.resource(),
        dataset.partitions(),
        dataset.name() + SUFFIX,
        SchemaHistory.of("QuarantinedRecord").latest(),
        List.of(),
        List.of(),
        List.of(),
        dataset.topicPrefix());
  }
}
