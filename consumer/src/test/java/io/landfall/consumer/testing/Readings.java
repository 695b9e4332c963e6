package io.landfall.consumer.testing;

import io.landfall.consumer.bronze.RowLayout;
import io.landfall.consumer.bronze.WrittenFile;
import io.landfall.consumer.columnar.ColumnarFile;
import io.landfall.consumer.columnar.Undecodable;
import io.landfall.schemas.ContentHash;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.SchemaHistory;
import io.landfall.schemas.SingleObjectFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.conf.Configuration;

/** A dataset that has nothing to do with hockey: what weather stations measured. */
public final class Readings {

  public static final SchemaHistory HISTORY = SchemaHistory.of("Reading");
  public static final Dataset FIRST = dataset(HISTORY.versions().get(0));
  public static final Dataset SECOND = dataset(HISTORY.versions().get(1));
  public static final String TOPIC_ID = "kT5kBzFpQdWQ2Wz0c0ffee";

  /** To make one is to look through the class path. */
  private static final Map<Schema, SingleObjectFormat<GenericRecord>> FORMATS =
      new ConcurrentHashMap<>();

  private Readings() {}

  private static Dataset dataset(Schema schema) {
    return dataset(schema, List.of("station", "hour"));
  }

  /** The first one with another key. */
  public static Dataset keyed(List<String> key) {
    return dataset(FIRST.schema(), key);
  }

  private static Dataset dataset(Schema schema, List<String> key) {
    return new Dataset(
        "weather",
        "weather service",
        "readings",
        2,
        "readings",
        schema,
        key,
        List.of("gusts"),
        List.of(),
        "");
  }

  /** A reading whose values follow from the hour; those of every third hour are missing. */
  public static GenericRecord reading(Schema schema, int hour, int revision, String operation) {
    GenericRecord reading = new GenericData.Record(schema);
    reading.put("station", "S" + hour % 7);
    reading.put("hour", hour);
    if (hour % 3 != 0) {
      reading.put("temperature", hour / 4.0 + revision);
      reading.put("gusts", hour % 50);
    }
    reading.put("_revision", revision);
    reading.put(
        "_operation",
        new GenericData.EnumSymbol(schema.getField("_operation").schema(), operation));
    reading.put("_coverage", "all");
    reading.put("_fetched_at", 1_700_000_000_123L + hour);
    reading.put("_content_hash", new ContentHash(schema).of(reading));
    return reading;
  }

  public static RowLayout layout(Dataset dataset) {
    return RowLayout.of(dataset, TOPIC_ID, 1_700_000_000_000_000L);
  }

  /** A file with one row for each offset; the hour is the offset. */
  public static WrittenFile write(Dataset dataset, Path table, List<OffsetRange> ranges)
      throws IOException {
    try (ColumnarFile file = file(dataset, table)) {
      for (OffsetRange range : ranges) {
        for (long offset = range.from(); offset < range.to(); offset++) {
          int hour = (int) offset * 10 + range.partition();
          append(file, reading(dataset.schema(), hour, 1, "UPSERT"), range.partition(), offset);
        }
      }
      return file.finish();
    }
  }

  /** A file without rows yet. */
  public static ColumnarFile file(Dataset dataset, Path table) throws IOException {
    return ColumnarFile.create(
        new org.apache.hadoop.fs.Path(table.toUri()), layout(dataset), new Configuration());
  }

  /** A reading as a record's value. */
  public static byte[] encode(GenericRecord reading) {
    return FORMATS
        .computeIfAbsent(reading.getSchema(), SingleObjectFormat::generic)
        .encode(reading);
  }

  /** Appends a reading as if it had been read from the topic. */
  public static void append(ColumnarFile file, GenericRecord reading, int partition, long offset)
      throws IOException {
    byte[] value = encode(reading);
    try {
      file.append(value, partition, offset, 1_700_000_000_456_000L);
    } catch (Undecodable e) {
      throw new IllegalStateException(e);
    }
  }

  public static WrittenFile write(Dataset dataset, Path table, OffsetRange... ranges)
      throws IOException {
    return write(dataset, table, List.of(ranges));
  }
}
