package io.landfall.consumer.bronze;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;

/** The columns that ingest adds to a record's own: where the row came from. */
public enum SystemColumn {
  TOPIC_ID("_topic_id", DataTypes.StringType, "Kafka's id of the topic that the row came from."),
  PARTITION("_partition", DataTypes.IntegerType, "Partition of the topic."),
  OFFSET("_offset", DataTypes.LongType, "Offset in the partition."),
  KAFKA_TIMESTAMP(
      "_kafka_timestamp", DataTypes.TimestampType, "The record's timestamp in the topic."),
  INGESTED_AT("_ingested_at", DataTypes.TimestampType, "When the batch that brought it began."),
  SCHEMA_FINGERPRINT(
      "_schema_fingerprint",
      DataTypes.StringType,
      "CRC-64-AVRO fingerprint of the schema that the record was written with, 16 hexadecimal digits.");

  private final String column;

  @SuppressWarnings("ImmutableEnumChecker") // Spark's simple types are constants
  private final DataType type;

  private final String comment;

  SystemColumn(String column, DataType type, String comment) {
    this.column = column;
    this.type = type;
    this.comment = comment;
  }

  public String column() {
    return column;
  }

  StructField field() {
    return new StructField(column, type, false, Metadata.empty()).withComment(comment);
  }
}
