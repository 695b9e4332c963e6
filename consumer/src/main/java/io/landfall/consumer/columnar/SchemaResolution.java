package io.landfall.consumer.columnar;

import io.landfall.consumer.columnar.page.Column;
import io.landfall.consumer.columnar.page.FileLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Writes records of an older or newer schema anew in the table's, by Avro's own rules. It takes a
 * few times as long as reading the table's own schema, and happens to old records only. For one
 * thread.
 */
final class SchemaResolution {

  private final Schema written;
  private final List<Column> judged;
  private final RecordReader judge;
  private final GenericDatumReader<GenericRecord> reader;
  private final GenericDatumWriter<GenericRecord> writer;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private @Nullable GenericRecord reused;
  private @Nullable BinaryDecoder decoder;
  private @Nullable BinaryEncoder encoder;

  SchemaResolution(Schema written, Schema table) {
    this.written = written;
    this.judged = Column.of(ParquetSchema.ofRecord(written), FileLimits.DEFAULT);
    this.judge = new RecordReader(written, judged);
    this.reader = new GenericDatumReader<>(written, table);
    this.writer = new GenericDatumWriter<>(table);
  }

  /**
   * The record in the table's schema.
   *
   * @param position where the record begins in the bytes
   */
  byte[] resolve(byte[] record, int position) throws Undecodable {
    requireWhole(record, position);
    try {
      decoder =
          DecoderFactory.get().binaryDecoder(record, position, record.length - position, decoder);
      reused = reader.read(reused, decoder);
      bytes.reset();
      encoder = EncoderFactory.get().directBinaryEncoder(bytes, encoder);
      writer.write(reused, encoder);
      return bytes.toByteArray();
    } catch (IOException | AvroRuntimeException e) {
      // The bytes are a whole record of its schema, so it is the two schemas that do not meet.
      reused = null;
      throw new Undecodable(
          "it was written with a schema of %s that the table's cannot read: %s"
              .formatted(written.getName(), e));
    }
  }

  /** Avro takes a broken length or a foreign byte for what it can; here they are judged as ours. */
  private void requireWhole(byte[] record, int position) throws Undecodable {
    judged.forEach(Column::clear);
    judge.read(record, position);
  }
}
