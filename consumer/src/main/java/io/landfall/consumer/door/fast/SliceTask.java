package io.landfall.consumer.door.fast;

import io.landfall.consumer.bronze.RowLayout;
import io.landfall.consumer.landing.LandingStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.util.SerializableConfiguration;

/**
 * A task of Spark's: writes the rows of its records into one file, and its records that are no rows
 * into another.
 *
 * @param table the folder of the table
 */
record SliceTask(
    String table, RowLayout layout, Aside aside, SerializableConfiguration configuration)
    implements FlatMapFunction<Iterator<InternalRow>, SliceResult> {

  @Override
  public Iterator<SliceResult> call(Iterator<InternalRow> records) throws IOException {
    try (Slice slice = new Slice(this)) {
      while (records.hasNext() && slice.goesOn()) {
        InternalRow record = records.next();
        slice.add(
            record,
            record.getInt(LandingStream.PARTITION),
            record.getLong(LandingStream.OFFSET),
            record.getLong(LandingStream.TIMESTAMP));
      }
      return List.of(slice.finish()).iterator();
    }
  }
}
