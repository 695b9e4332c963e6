package io.landfall.consumer.columnar;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.schema.PrimitiveType;

/** The bounds of one column over a file's row groups. */
final class Bounds {

  private final Statistics<?> whole;
  private boolean unknown;

  Bounds(PrimitiveType type) {
    this.whole = Statistics.createStats(type);
  }

  void widen(ColumnChunkMetaData chunk) {
    Statistics<?> part = chunk.getStatistics();
    whole.mergeStatistics(part);
    // Values that have no order, such as NaN, have no bounds either.
    unknown |= !part.hasNonNullValue() && part.getNumNulls() < chunk.getValueCount();
  }

  long nulls() {
    return whole.getNumNulls();
  }

  Optional<JsonNode> least() {
    return isKnown() ? BoundJson.lower(whole.type(), whole.genericGetMin()) : Optional.empty();
  }

  Optional<JsonNode> most() {
    return isKnown() ? BoundJson.upper(whole.type(), whole.genericGetMax()) : Optional.empty();
  }

  private boolean isKnown() {
    return !unknown && whole.hasNonNullValue();
  }
}
