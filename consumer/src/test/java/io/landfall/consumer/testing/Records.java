package io.landfall.consumer.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Records of a topic as a query hands them on. */
public final class Records {

  private static final StructType COLUMNS =
      new StructType()
          .add("value", DataTypes.BinaryType)
          .add("partition", DataTypes.IntegerType)
          .add("offset", DataTypes.LongType)
          .add("timestamp", DataTypes.TimestampType)
          .add("key", DataTypes.BinaryType)
          .add(
              "headers",
              DataTypes.createArrayType(
                  new StructType()
                      .add("key", DataTypes.StringType)
                      .add("value", DataTypes.BinaryType)));

  private final List<Row> records = new ArrayList<>();

  /** A record with this value. */
  public Records add(int partition, long offset, byte @Nullable [] value) {
    return add(partition, offset, ("key " + offset).getBytes(UTF_8), value, null);
  }

  /** A record with all that a record may have. */
  @SuppressWarnings("NullAway") // a row of Spark's says "none" by null
  public Records add(
      int partition,
      long offset,
      byte @Nullable [] key,
      byte @Nullable [] value,
      @Nullable List<Row> headers) {
    records.add(
        RowFactory.create(
            value,
            partition,
            offset,
            Timestamp.from(Instant.ofEpochMilli(1_700_000_000_456L)),
            key,
            headers == null ? null : headers.toArray(Row[]::new)));
    return this;
  }

  /** A record that is a reading. */
  public Records add(int partition, long offset, GenericRecord reading) {
    return add(partition, offset, Readings.encode(reading));
  }

  /** A reading for each offset; the hour follows from offset and partition. */
  public static Records of(Schema schema, OffsetRange... ranges) {
    Records records = new Records();
    for (OffsetRange range : ranges) {
      for (long offset = range.from(); offset < range.to(); offset++) {
        int hour = (int) offset * 10 + range.partition();
        records.add(range.partition(), offset, Readings.reading(schema, hour, 1, "UPSERT"));
      }
    }
    return records;
  }

  /** What a query would give. */
  public Dataset<Row> in(SparkSession spark) {
    return spark.createDataFrame(records, COLUMNS).repartition(1);
  }
}
