package io.landfall.consumer.columnar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.consumer.bronze.WrittenFile;
import io.landfall.schemas.SingleObjectFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes that nobody should send: each is a row or told as none, and the file lives on. */
class HostileRecordTest {

  private static final int HEADER_BYTES = 10;

  /** What the first fields of {@link Everything} take: an int, a long, a float. */
  private static final int ADDED = 3;

  @TempDir private Path folder;

  @Test
  void brokenBytesAreToldAndTheFileLivesOn() throws Exception {
    long seed = Long.getLong("landfall.seed", new Random().nextLong());
    Random random = new Random(seed);
    for (Schema schema : Everything.HISTORY.versions()) {
      List<GenericRecord> good = Everything.records(schema, 40, random);
      List<List<String>> expected = new ArrayList<>();
      int explained = 0;
      try (ColumnarFile file = create()) {
        for (GenericRecord record : good) {
          byte[] bytes = SingleObjectFormat.generic(schema).encode(record);
          file.append(bytes, 0, 0, 0);
          expected.add(cells(bytes, schema));
          for (int i = 0; i < 60; i++) {
            byte[] broken = broken(bytes, random);
            try {
              file.append(broken, 0, 0, 0);
              expected.add(cells(broken, schema));
            } catch (Undecodable e) {
              assertThat(e).hasMessageMatching("(?s)its .*");
              explained++;
            }
          }
        }
        WrittenFile written = file.finish();
        assertThat(explained).as("landfall.seed=%d", seed).isPositive();
        assertThat(
                FileReaders.parquetJava(folder.resolve(written.name())).stream()
                    .map(row -> row.subList(0, Everything.SECOND.getFields().size())))
            .as("landfall.seed=%d", seed)
            .containsExactlyElementsOf(expected);
      }
    }
  }

  /** Cut, a byte changed, or bytes behind it. */
  private static byte[] broken(byte[] good, Random random) {
    byte[] bytes = good.clone();
    switch (random.nextInt(4)) {
      case 0 ->
          bytes = Arrays.copyOf(good, HEADER_BYTES + random.nextInt(good.length - HEADER_BYTES));
      case 1 -> bytes = Arrays.copyOf(good, good.length + 1 + random.nextInt(9));
      default -> {
        int at = HEADER_BYTES + random.nextInt(good.length - HEADER_BYTES);
        bytes[at] = (byte) (random.nextBoolean() ? 0xFF : random.nextInt());
      }
    }
    return bytes;
  }

  /** What Avro reads from the same bytes. */
  private static List<String> cells(byte[] bytes, Schema written) throws IOException {
    GenericRecord record =
        new GenericDatumReader<GenericRecord>(written, Everything.SECOND)
            .read(
                null,
                DecoderFactory.get()
                    .binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, null));
    return Cells.of(List.of(record)).get(0);
  }

  @Test
  void eachLieIsToldByName() throws Exception {
    assertTold(out -> {}, "field needed_int: the record ends there");
    assertTold(out -> out.writeFixed(new byte[] {-1, -1, -1, -1, -1}), "an int has more than 32");
    assertTold(
        out -> {
          out.writeInt(1);
          out.writeFixed(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, 2});
        },
        "field needed_long: a long has more than 64 bits");
    assertTold(out -> start(out).writeIndex(2), "field added: 2 is none of the places 0 to 1");
    assertTold(out -> start(out).writeIndex(-1), "field added: -1 is none of the places");
    assertTold(
        out -> {
          start(out).writeIndex(1);
          out.writeLong(Long.MAX_VALUE);
        },
        "field added: a length of 9223372036854775807 where 0 bytes are left");
    assertTold(
        out -> {
          start(out).writeIndex(1);
          out.writeLong(-1);
        },
        "field added: a length of -1 where");
    assertTold(
        out -> {
          start(out).writeIndex(1);
          out.writeBytes(new byte[] {'a', (byte) 0xC0, (byte) 0x80});
        },
        "field added: a text of 2 bytes is not UTF-8");
    assertTold(
        out -> {
          start(out).writeIndex(0);
          out.writeDouble(1);
          out.writeFixed(new byte[] {2});
        },
        "field needed_boolean: a boolean is 0 or 1, not 2");
  }

  @Test
  void valuesThatNoColumnHoldsAreTold() throws Exception {
    GenericRecord late = Everything.records(Everything.SECOND, 1, new Random(1)).get(0);
    late.put("needed_millis", Long.MAX_VALUE / 999);
    assertTold(late, "field needed_millis: ", "is beyond all timestamps");
    GenericRecord large = Everything.records(Everything.SECOND, 1, new Random(1)).get(0);
    large.put("needed_decimal9", java.nio.ByteBuffer.wrap(new byte[] {127, 0, 0, 0, 0}));
    assertTold(large, "field needed_decimal9: a decimal has more than 9 digits");
    GenericRecord none = Everything.records(Everything.SECOND, 1, new Random(1)).get(0);
    none.put("needed_decimal9", java.nio.ByteBuffer.wrap(new byte[0]));
    assertTold(none, "field needed_decimal9: a decimal has 1 to 64 bytes, not 0");
  }

  @Test
  void fileThatIsNotFinishedIsRemoved() throws Exception {
    try (ColumnarFile file = create()) {
      file.append(
          SingleObjectFormat.generic(Everything.SECOND)
              .encode(Everything.records(Everything.SECOND, 1, new Random(1)).get(0)),
          0,
          0,
          0);
      assertThat(folder).isNotEmptyDirectory();
    }
    assertThat(folder).isEmptyDirectory();
  }

  private interface Lie {
    void tell(BinaryEncoder out) throws IOException;
  }

  /** The fields before {@code added}. */
  private static BinaryEncoder start(BinaryEncoder out) throws IOException {
    assertThat(Everything.SECOND.getFields().get(ADDED).name()).isEqualTo("added");
    out.writeInt(1);
    out.writeLong(1);
    out.writeFloat(1);
    return out;
  }

  private void assertTold(Lie lie, String why) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    GenericRecord any = Everything.records(Everything.SECOND, 1, new Random(1)).get(0);
    bytes.write(SingleObjectFormat.generic(Everything.SECOND).encode(any), 0, HEADER_BYTES);
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    lie.tell(encoder);
    encoder.flush();
    assertTold(bytes.toByteArray(), why);
  }

  private void assertTold(GenericRecord record, String... why) throws IOException {
    assertTold(SingleObjectFormat.generic(Everything.SECOND).encode(record), why);
  }

  private void assertTold(byte[] bytes, String... why) throws IOException {
    try (ColumnarFile file = create()) {
      assertThatThrownBy(() -> file.append(bytes, 0, 0, 0))
          .isInstanceOf(Undecodable.class)
          .hasMessageContainingAll(why);
    }
  }

  private ColumnarFile create() throws IOException {
    return ColumnarFile.create(
        new org.apache.hadoop.fs.Path(folder.toUri()), Everything.layout(), new Configuration());
  }
}
