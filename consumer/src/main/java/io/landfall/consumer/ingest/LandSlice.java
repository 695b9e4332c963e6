package io.landfall.consumer.ingest;

import io.landfall.consumer.bronze.LandedRow;
import io.landfall.consumer.bronze.RowFile;
import io.landfall.consumer.bronze.RowLayout;
import io.landfall.consumer.landing.KafkaSource;
import io.landfall.consumer.landing.ReadFailure;
import io.landfall.consumer.landing.RecordDecoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
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
    RecordDecoder decoder = new RecordDecoder(layout.schema());
    @Nullable RowFile file = null;
    try {
      while (hasNext(records)) {
        InternalRow record = records.next();
        int partition = record.getInt(KafkaSource.PARTITION);
        long offset = record.getLong(KafkaSource.OFFSET);
        RecordDecoder.Decoded decoded;
        try {
          decoded = decoder.decode(value(record));
        } catch (RecordDecoder.Undecodable e) {
          return new SliceResult.Undecodable(partition, offset, String.valueOf(e.getMessage()));
        }
        if (file == null) {
          file = new RowFile(table, layout, configuration.value());
        }
        long timestamp = record.getLong(KafkaSource.TIMESTAMP);
        file.append(
            new LandedRow(decoded.row(), partition, offset, timestamp, decoded.fingerprint()));
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
    } catch (RuntimeException e) {
      // Told apart by what Spark says in it, not by its class; what says nothing stays what it is.
      throw ReadFailure.behind(e).map(failure -> new Unread(result(failure))).orElseThrow(() -> e);
    }
  }

  private static SliceResult result(ReadFailure failure) {
    if (failure instanceof ReadFailure.Gone gone) {
      return new SliceResult.Gone(gone.what());
    }
    if (failure instanceof ReadFailure.Unusable bad) {
      return new SliceResult.Undecodable(bad.partition(), bad.offset(), bad.why());
    }
    return new SliceResult.Unanswered(((ReadFailure.Unanswered) failure).what());
  }

  private static final class Unread extends IOException {
    private final SliceResult result;

    Unread(SliceResult result) {
      this.result = result;
    }
  }
}
