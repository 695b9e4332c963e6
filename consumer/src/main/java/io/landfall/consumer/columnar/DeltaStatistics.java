package io.landfall.consumer.columnar;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.consumer.bronze.SystemColumn;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.MessageType;

/**
 * The bounds that a file's entry in the Delta log tells readers, so that they can leave the file
 * out; from the file's footer.
 */
final class DeltaStatistics {

  private static final JsonMapper JSON = new JsonMapper();

  private final Set<String> columns;

  /**
   * @param columns whose bounds are told, beside those that positions are read from
   */
  DeltaStatistics(Collection<String> columns) {
    this.columns = new LinkedHashSet<>(columns);
    this.columns.add(SystemColumn.PARTITION.column());
    this.columns.add(SystemColumn.OFFSET.column());
  }

  /** Delta's JSON: number of rows, bounds and nulls. */
  String json(long rows, ParquetMetadata footer) {
    MessageType message = footer.getFileMetaData().getSchema();
    ObjectNode json = JSON.createObjectNode();
    json.put("numRecords", rows);
    ObjectNode least = json.putObject("minValues");
    ObjectNode most = json.putObject("maxValues");
    ObjectNode nulls = json.putObject("nullCount");
    for (String column : columns) {
      if (message.containsField(column)) {
        Bounds bounds = new Bounds(message.getType(column).asPrimitiveType());
        int position = message.getFieldIndex(column);
        for (BlockMetaData rowGroup : footer.getBlocks()) {
          bounds.widen(rowGroup.getColumns().get(position));
        }
        bounds.least().ifPresent(value -> least.set(column, value));
        bounds.most().ifPresent(value -> most.set(column, value));
        nulls.put(column, bounds.nulls());
      }
    }
    return json.toString();
  }
}
