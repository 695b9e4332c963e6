package io.landfall.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.landfall.schemas.SingleObjectFormat.Undecodable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class SingleObjectFormatTest {

  private static final SingleObjectFormat<Manifest> FORMAT = SingleObjectFormat.of(Manifest.class);

  private static Manifest manifest() {
    return new Manifest(
        "rows",
        "7",
        1,
        180,
        0,
        180,
        "0".repeat(32),
        "plays",
        "1",
        Instant.parse("2024-10-10T14:00:00Z"),
        RevisionCause.FETCHED,
        0);
  }

  @Test
  void whatIsWrittenIsReadAgain() throws Undecodable {
    assertThat(FORMAT.decode(FORMAT.encode(manifest()))).isEqualTo(manifest());
  }

  @Test
  void theHeaderNamesTheWritersSchema() {
    assertThat(SingleObjectFormat.fingerprint(FORMAT.encode(manifest())))
        .hasValue(SchemaNormalization.parsingFingerprint64(Manifest.getClassSchema()));
  }

  @Test
  void anUnknownSchemaIsTold() {
    byte[] bytes = FORMAT.encode(manifest());
    bytes[4] ^= 1;
    assertThatThrownBy(() -> FORMAT.decode(bytes))
        .isInstanceOf(Undecodable.class)
        .hasMessageContaining(
            "none of the %d known versions of Manifest"
                .formatted(SchemaHistory.of("Manifest").versions().size()));
  }

  @Test
  void aTruncatedRecordIsTold() {
    byte[] bytes = FORMAT.encode(manifest());
    assertThatThrownBy(() -> FORMAT.decode(Arrays.copyOf(bytes, bytes.length - 5)))
        .isInstanceOf(Undecodable.class)
        .hasMessageContaining("not a whole Manifest");
  }

  @Property
  void noBytesMakeItCrash(@ForAll byte[] tail) {
    byte[] header = Arrays.copyOf(FORMAT.encode(manifest()), 10);
    byte[] bytes = Arrays.copyOf(header, header.length + tail.length);
    System.arraycopy(tail, 0, bytes, header.length, tail.length);
    try {
      FORMAT.decode(bytes);
      FORMAT.decode(tail);
    } catch (Undecodable e) {
      assertThat(e).hasMessageContaining("bytes");
    }
  }

  private static final List<SingleObjectFormat<? extends SpecificRecord>> ALL =
      List.of(
          SingleObjectFormat.of(ItemAnswers.class),
          SingleObjectFormat.of(LedgerEntry.class),
          SingleObjectFormat.of(DeadLetter.class),
          SingleObjectFormat.of(Manifest.class));

  private static final List<Schema> SCHEMAS =
      List.of(
          ItemAnswers.getClassSchema(),
          LedgerEntry.getClassSchema(),
          DeadLetter.getClassSchema(),
          Manifest.getClassSchema());

  /** Two texts or bodies as large as a record can be, and lists beside them. */
  private static final long MOST_ALLOCATED = 5L * Topic.MAX_RECORD_BYTES;

  private static final ThreadMXBean MEMORY = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Lengths that no record has the bytes for cost next to nothing, wherever they stand. */
  @Property(tries = 2_000)
  void aLengthIsNotBelieved(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    int type = random.nextInt(ALL.size());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(0xC3);
    bytes.write(0x01);
    long fingerprint = SchemaNormalization.parsingFingerprint64(SCHEMAS.get(type));
    bytes.writeBytes(
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(fingerprint)
            .array());
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    long[] lengths = {
      0,
      0,
      0,
      1,
      1,
      2,
      -1,
      100,
      1 << 20,
      (1 << 20) + 1,
      Topic.MAX_RECORD_BYTES,
      Integer.MAX_VALUE - 8L,
      Integer.MAX_VALUE,
      1L << 31,
      1L << 40,
      Long.MAX_VALUE,
      Long.MIN_VALUE
    };
    for (int i = random.nextInt(40); i >= 0; i--) {
      encoder.writeLong(lengths[random.nextInt(random.nextBoolean() ? 6 : lengths.length)]);
    }
    long before = MEMORY.getCurrentThreadAllocatedBytes();
    try {
      ALL.get(type).decode(bytes.toByteArray());
    } catch (Undecodable e) {
      assertThat(e).hasMessageContaining("bytes");
    }
    assertThat(MEMORY.getCurrentThreadAllocatedBytes() - before).isLessThan(MOST_ALLOCATED);
  }
}
