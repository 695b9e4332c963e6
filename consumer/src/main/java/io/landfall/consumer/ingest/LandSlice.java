package io.landfall.consumer.ingest;

import io.landfall.consumer.bronze.LandedRow;
import io.landfall.consumer.bronze.RowFile;
import io.landfall.consumer.bronze.RowLayout;
import io.landfall.consumer.bronze.WrittenFile;
import io.landfall.consumer.landing.OffsetRange;
import io.landfall.consumer.landing.RecordDecoder;
import io.landfall.consumer.landing.RecordReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/** A task of Spark's: reads its stretches of partitions and writes their rows into one file. */
record LandSlice(
    String bootstrapServers,
    String topic,
    String table,
    RowLayout layout,
    SerializableConfiguration configuration)
    implements Function<List<OffsetRange>, SliceResult> {

  @Override
  public SliceResult call(List<OffsetRange> ranges) throws IOException {
    try (Rows rows = new Rows()) {
      new RecordReader(bootstrapServers, topic).read(ranges, rows::land);
      return new SliceResult.Landed(rows.finish());
    } catch (BadRecord e) {
      return new SliceResult.Undecodable(e.partition, e.offset, e.why);
    } catch (OffsetOutOfRangeException e) {
      return new SliceResult.Gone(e.offsetOutOfRangePartitions().toString());
    } catch (RetriableException e) {
      return new SliceResult.Unanswered(e.toString());
    }
  }

  /** The rows of this task; the file comes into being with the first of them. */
  private final class Rows implements AutoCloseable {

    private final RecordDecoder decoder = new RecordDecoder(layout.schema());
    private @Nullable RowFile file;

    void land(ConsumerRecord<byte[], byte[]> record) throws IOException, BadRecord {
      RecordDecoder.Decoded decoded;
      try {
        decoded = decoder.decode(record.value());
      } catch (RecordDecoder.Undecodable e) {
        throw new BadRecord(record.partition(), record.offset(), e);
      }
      if (file == null) {
        file = new RowFile(table, layout, configuration.value());
      }
      file.append(
          new LandedRow(
              decoded.row(),
              record.partition(),
              record.offset(),
              record.timestamp(),
              decoded.fingerprint()));
    }

    List<WrittenFile> finish() throws IOException {
      return file == null ? new ArrayList<>() : new ArrayList<>(List.of(file.finish()));
    }

    @Override
    public void close() throws IOException {
      if (file != null) {
        file.close();
      }
    }
  }

  /** Ends the reading at a record that cannot be decoded. */
  private static final class BadRecord extends IOException {
    private final int partition;
    private final long offset;
    private final String why;

    BadRecord(int partition, long offset, RecordDecoder.Undecodable cause) {
      super(cause);
      this.partition = partition;
      this.offset = offset;
      this.why = String.valueOf(cause.getMessage());
    }
  }
}
