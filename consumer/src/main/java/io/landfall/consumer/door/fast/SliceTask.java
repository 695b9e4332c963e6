package io.landfall.consumer.door.fast;

import io.landfall.consumer.bronze.RowLayout;
import io.landfall.consumer.columnar.ColumnarFile;
import io.landfall.consumer.columnar.Undecodable;
import io.landfall.consumer.landing.LandingStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * A task of Spark's: writes the rows of its records into one file.
 *
 * @param table the folder of the table
 */
record SliceTask(String table, RowLayout layout, SerializableConfiguration configuration)
    implements FlatMapFunction<Iterator<InternalRow>, SliceResult> {

  @Override
  public Iterator<SliceResult> call(Iterator<InternalRow> records) throws IOException {
    return List.of(land(records)).iterator();
  }

  private SliceResult land(Iterator<InternalRow> records) throws IOException {
    Map<Integer, Long> ends = new HashMap<>();
    @Nullable ColumnarFile file = null;
    try {
      while (records.hasNext()) {
        InternalRow record = records.next();
        if (file == null) {
          file = ColumnarFile.create(new Path(table), layout, configuration.value());
        }
        int partition = record.getInt(LandingStream.PARTITION);
        long offset = record.getLong(LandingStream.OFFSET);
        try {
          file.append(value(record), partition, offset, record.getLong(LandingStream.TIMESTAMP));
        } catch (Undecodable e) {
          return new SliceResult.Undecodable(partition, offset, String.valueOf(e.getMessage()));
        }
        ends.put(partition, offset + 1);
      }
      return new SliceResult.Landed(
          file == null ? new ArrayList<>() : new ArrayList<>(List.of(file.finish())), ends);
    } finally {
      if (file != null) {
        file.close();
      }
    }
  }

  private static byte @Nullable [] value(InternalRow record) {
    return record.isNullAt(LandingStream.VALUE) ? null : record.getBinary(LandingStream.VALUE);
  }
}
