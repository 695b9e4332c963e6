package io.landfall.consumer.ingest;

import io.landfall.consumer.bronze.RowLayout;
import io.landfall.consumer.columnar.ColumnarFile;
import io.landfall.consumer.columnar.Undecodable;
import io.landfall.consumer.landing.KafkaSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.kafka.common.KafkaException;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/** A task of Spark's: writes the rows of its records into one file. */
record LandSlice(String table, RowLayout layout, SerializableConfiguration configuration)
    implements FlatMapFunction<Iterator<InternalRow>, SliceResult> {

  @Override
  public Iterator<SliceResult> call(Iterator<InternalRow> records) throws IOException {
    return List.of(land(records)).iterator();
  }

  private SliceResult land(Iterator<InternalRow> records) throws IOException {
    @Nullable ColumnarFile file = null;
    try {
      while (hasNext(records)) {
        InternalRow record = records.next();
        if (file == null) {
          file = ColumnarFile.create(new Path(table), layout, configuration.value());
        }
        int partition = record.getInt(KafkaSource.PARTITION);
        long offset = record.getLong(KafkaSource.OFFSET);
        try {
          file.append(value(record), partition, offset, record.getLong(KafkaSource.TIMESTAMP));
        } catch (Undecodable e) {
          return new SliceResult.Undecodable(partition, offset, String.valueOf(e.getMessage()));
        }
      }
      return new SliceResult.Landed(
          file == null ? new ArrayList<>() : new ArrayList<>(List.of(file.finish())));
    } catch (Unread e) {
      return e.result;
    } finally {
      if (file != null) {
        file.close();
      }
    }
  }

  private static byte @Nullable [] value(InternalRow record) {
    return record.isNullAt(KafkaSource.VALUE) ? null : record.getBinary(KafkaSource.VALUE);
  }

  /** Reading happens here; what goes wrong with it is told apart from what goes wrong with rows. */
  private static boolean hasNext(Iterator<InternalRow> records) throws Unread {
    try {
      return records.hasNext();
    } catch (KafkaException e) {
      throw new Unread(new SliceResult.Unanswered(e.toString()));
    } catch (IllegalStateException e) {
      // This is how Spark's source says that an offset is gone, because it must not skip it.
      throw new Unread(new SliceResult.Gone(reason(e)));
    }
  }

  /** Without Spark's advice to look away ({@code failOnDataLoss=false}). */
  private static String reason(IllegalStateException e) {
    String message = String.valueOf(e.getMessage());
    int from = Math.max(0, message.indexOf("Could not"));
    int to = message.indexOf("with consumer group", from);
    return message.substring(from, to < 0 ? message.length() : to).strip();
  }

  private static final class Unread extends IOException {
    private final SliceResult result;

    Unread(SliceResult result) {
      this.result = result;
    }
  }
}
