package io.landfall.consumer.door.spark;

import io.landfall.consumer.bronze.Fault;
import io.landfall.consumer.bronze.Places;
import io.landfall.consumer.bronze.RowLayout;
import io.landfall.consumer.door.QuarantineRow;
import io.landfall.consumer.door.spark.RecordDecoder.Undecodable;
import io.landfall.consumer.landing.LandingStream;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * A task of Spark's: of the records those that are no rows, as records that rows of the quarantine
 * table are made of.
 *
 * @param already which of them it has
 */
record QuarantineRecords(RowLayout layout, String codeVersion, Places already)
    implements MapPartitionsFunction<Row, Row> {

  /** As {@link LandingStream} has them, with microseconds as timestamp; there are no headers. */
  static final StructType COLUMNS =
      new StructType()
          .add("value", DataTypes.BinaryType)
          .add("partition", DataTypes.IntegerType)
          .add("offset", DataTypes.LongType)
          .add("timestamp", DataTypes.LongType)
          .add("key", DataTypes.BinaryType);

  @Override
  public Iterator<Row> call(Iterator<Row> records) {
    RowMaker maker = new RowMaker(layout);
    QuarantineRow quarantine = new QuarantineRow(codeVersion, layout.ingestedAt());
    return new Iterator<>() {
      private @Nullable Row next;

      @Override
      public boolean hasNext() {
        while (next == null && records.hasNext()) {
          next = quarantined(records.next(), maker, quarantine);
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

  private @Nullable Row quarantined(Row record, RowMaker maker, QuarantineRow quarantine) {
    try {
      Row unused = maker.row(record);
      return null;
    } catch (Undecodable e) {
      return already.contains(
              record.getInt(LandingStream.PARTITION), record.getLong(LandingStream.OFFSET))
          ? null
          : quarantined(record, layout.judged(e.fault()), quarantine);
    }
  }

  @SuppressWarnings("NullAway") // a row of Spark's says "none" by null
  private static Row quarantined(Row record, Fault fault, QuarantineRow quarantine) {
    return RowFactory.create(
        quarantine.of(
            RowMaker.bytes(record, LandingStream.KEY),
            RowMaker.bytes(record, LandingStream.VALUE),
            headers(record),
            fault),
        record.getInt(LandingStream.PARTITION),
        record.getLong(LandingStream.OFFSET),
        record.getLong(LandingStream.TIMESTAMP),
        null);
  }

  private static QuarantineRow.Headers headers(Row record) {
    QuarantineRow.Headers headers = new QuarantineRow.Headers();
    if (!record.isNullAt(LandingStream.HEADERS)) {
      List<Row> found = record.getList(LandingStream.HEADERS);
      for (Row header : found) {
        @Nullable String key = header.isNullAt(0) ? null : header.getString(0);
        headers.add(key, RowMaker.bytes(header, 1));
      }
    }
    return headers;
  }
}
