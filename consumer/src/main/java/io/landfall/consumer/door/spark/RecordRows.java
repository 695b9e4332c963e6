package io.landfall.consumer.door.spark;

import io.landfall.consumer.bronze.RowLayout;
import io.landfall.consumer.door.spark.RecordDecoder.Undecodable;
import io.landfall.consumer.landing.LandingStream;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * A task of Spark's: records to rows in the columns of {@link RowColumns}.
 *
 * @param without whether records that are no rows are left out, because they are in quarantine;
 *     where there should be none, one is an error
 */
record RecordRows(RowLayout layout, boolean without) implements MapPartitionsFunction<Row, Row> {

  @Override
  public Iterator<Row> call(Iterator<Row> records) {
    RowMaker maker = new RowMaker(layout);
    return new Iterator<>() {
      private @Nullable Row next;

      @Override
      public boolean hasNext() {
        while (next == null && records.hasNext()) {
          next = row(records.next(), maker);
        }
        return next != null;
      }

      @Override
      public Row next() {
        if (!hasNext() || next == null) {
          throw new NoSuchElementException();
        }
        Row row = next;
        next = null;
        return row;
      }
    };
  }

  private @Nullable Row row(Row record, RowMaker maker) {
    try {
      return maker.row(record);
    } catch (Undecodable e) {
      if (without) {
        return null;
      }
      throw new IllegalStateException(
          "Partition %d, offset %d was a row a moment ago: %s"
              .formatted(
                  record.getInt(LandingStream.PARTITION),
                  record.getLong(LandingStream.OFFSET),
                  e.fault()));
    }
  }
}
