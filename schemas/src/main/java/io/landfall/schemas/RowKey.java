package io.landfall.schemas;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * A row's key as text: the values of its key columns in the dataset's order, with slashes between.
 * In a value a slash is {@code %2F} and a per cent sign {@code %25}, so that two keys never look
 * the same.
 */
public final class RowKey {

  private final List<Integer> positions;

  public RowKey(Dataset dataset) {
    this(dataset.schema(), dataset.key());
  }

  /**
   * Of rows of a schema.
   *
   * @param key the columns of the key
   */
  public RowKey(Schema schema, List<String> key) {
    this.positions = key.stream().map(column -> schema.getField(column).pos()).toList();
  }

  /** The key of a row of the dataset's schema. */
  public String of(IndexedRecord row) {
    return positions.stream()
        .map(position -> escaped(String.valueOf(row.get(position))))
        .collect(Collectors.joining("/"));
  }

  private static String escaped(String value) {
    return value.replace("%", "%25").replace("/", "%2F");
  }
}
