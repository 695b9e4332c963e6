package io.landfall.consumer.columnar;

import io.landfall.consumer.bronze.RowLayout;
import io.landfall.schemas.SchemaHistory;
import io.landfall.schemas.SingleObjectFormat;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.OutputFile;
import org.jspecify.annotations.Nullable;

/**
 * The plain way to the same file, and the one that Landfall went before: Avro's reader, a generic
 * record, parquet-java's writer of records. What {@link ColumnarFile} writes must hold the same
 * cells.
 */
final class PlainFile implements AutoCloseable {

  private static final int HEADER_BYTES = 10;

  /** A record, and where it came from. */
  record Row(GenericRecord row, int partition, long offset, long timestamp, String fingerprint) {}

  private final SchemaHistory history;
  private final Schema schema;
  private final ParquetWriter<Row> writer;
  private final Map<Long, GenericDatumReader<GenericRecord>> readers = new HashMap<>();
  private final Map<Long, String> fingerprints = new HashMap<>();
  private @Nullable GenericRecord reused;
  private @Nullable BinaryDecoder decoder;

  PlainFile(Path path, RowLayout layout, Configuration configuration) throws IOException {
    this.history = layout.history();
    this.schema = history.latest();
    this.writer =
        new Builder(
                HadoopOutputFile.fromPath(path, configuration),
                new PlainWriteSupport(layout, schema))
            .withConf(configuration)
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .withWriteMode(ParquetFileWriter.Mode.CREATE)
            .build();
  }

  void append(byte[] value, int partition, long offset, long timestamp) throws IOException {
    long fingerprint = SingleObjectFormat.fingerprint(value).orElseThrow();
    decoder =
        DecoderFactory.get()
            .binaryDecoder(value, HEADER_BYTES, value.length - HEADER_BYTES, decoder);
    reused =
        readers
            .computeIfAbsent(
                fingerprint,
                known -> new GenericDatumReader<>(history.findByFingerprint(known), schema))
            .read(reused, decoder);
    writer.write(new Row(reused, partition, offset, timestamp, digits(fingerprint)));
  }

  private String digits(long fingerprint) {
    return fingerprints.computeIfAbsent(fingerprint, "%016x"::formatted);
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }

  private static final class Builder extends ParquetWriter.Builder<Row, Builder> {
    private final WriteSupport<Row> support;

    Builder(OutputFile file, WriteSupport<Row> support) {
      super(file);
      this.support = support;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract there, without another way
    protected WriteSupport<Row> getWriteSupport(Configuration configuration) {
      return support;
    }
  }
}
