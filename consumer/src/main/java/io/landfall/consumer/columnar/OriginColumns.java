package io.landfall.consumer.columnar;

import io.landfall.consumer.bronze.SystemColumn;
import io.landfall.consumer.columnar.page.BytesColumn;
import io.landfall.consumer.columnar.page.Column;
import io.landfall.consumer.columnar.page.IntColumn;
import io.landfall.consumer.columnar.page.LongColumn;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The system columns: where each row came from. */
final class OriginColumns {

  private final BytesColumn topicIds;
  private final IntColumn partitions;
  private final LongColumn offsets;
  private final LongColumn timestamps;
  private final LongColumn ingested;
  private final BytesColumn fingerprints;
  private final byte[] topicId;
  private final long ingestedAt;

  /**
   * @param columns in the order of {@link SystemColumn}
   * @param ingestedAt microseconds since 1970
   */
  OriginColumns(List<Column> columns, String topicId, long ingestedAt) {
    this.topicIds = (BytesColumn) of(SystemColumn.TOPIC_ID, columns);
    this.partitions = (IntColumn) of(SystemColumn.PARTITION, columns);
    this.offsets = (LongColumn) of(SystemColumn.OFFSET, columns);
    this.timestamps = (LongColumn) of(SystemColumn.KAFKA_TIMESTAMP, columns);
    this.ingested = (LongColumn) of(SystemColumn.INGESTED_AT, columns);
    this.fingerprints = (BytesColumn) of(SystemColumn.SCHEMA_FINGERPRINT, columns);
    this.topicId = topicId.getBytes(StandardCharsets.UTF_8);
    this.ingestedAt = ingestedAt;
  }

  private static Column of(SystemColumn column, List<Column> columns) {
    return columns.get(Arrays.asList(SystemColumn.values()).indexOf(column));
  }

  /**
   * Appends one row.
   *
   * @param timestamp microseconds since 1970
   * @param fingerprint of the schema that it was written with, as ASCII digits
   */
  void append(int partition, long offset, long timestamp, byte[] fingerprint) {
    topicIds.append(topicId);
    partitions.append(partition);
    offsets.append(offset);
    timestamps.append(timestamp);
    ingested.append(ingestedAt);
    fingerprints.append(fingerprint);
  }
}
