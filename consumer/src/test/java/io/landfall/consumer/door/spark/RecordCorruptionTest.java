package io.landfall.consumer.door.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.landfall.consumer.bronze.RowLayout;
import io.landfall.consumer.columnar.ColumnarFile;
import io.landfall.consumer.columnar.Undecodable;
import io.landfall.consumer.testing.Readings;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.SchemaIds;
import io.landfall.schemas.SingleObjectFormat;
import io.landfall.schemas.nhl.NhlDatasets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a record's bytes have become, it is a row that can be stored, or it is told. */
class RecordCorruptionTest {

  /** Two texts of the longest length that is believed, and a page or two. */
  private static final long MOST_BYTES_FOR_A_RECORD = 48 << 20;

  private static final long[] LENGTHS = {
    Long.MIN_VALUE,
    -1,
    0,
    1,
    127,
    1 << 20,
    Integer.MAX_VALUE - 8L,
    Integer.MAX_VALUE,
    1L << 31,
    Long.MAX_VALUE
  };

  private static final List<Dataset> DATASETS =
      List.of(Readings.FIRST, Readings.SECOND, NhlDatasets.PLAYER_GAME_STATS);

  /** Used again and again, as ingest does: a bad record must leave them good for the next. */
  private static final Map<Schema, RecordDecoder> DECODERS = new HashMap<>();

  private static final Map<Schema, SingleObjectFormat<GenericRecord>> ENCODERS = new HashMap<>();

  @TempDir Path temporary;

  @Property(tries = 3_000)
  void corruptRecordIsARowOrIsTold(@ForAll long seed) {
    Random random = new Random(seed);
    Dataset dataset = DATASETS.get(random.nextInt(DATASETS.size()));
    byte[] bytes = corrupted(record(dataset, random), random);
    RecordDecoder decoder =
        DECODERS.computeIfAbsent(
            dataset.schema(),
            schema -> new RecordDecoder(schema, dataset.history(), List.of(), SchemaIds.NONE));
    long before = allocated();
    try {
      requireStorable(decoder.decode(bytes).row());
    } catch (RecordDecoder.Undecodable e) {
      assertThat(e.getMessage()).isNotBlank().doesNotContain("\n").hasSizeLessThan(500);
    }
    assertThat(allocated() - before).isLessThan(MOST_BYTES_FOR_A_RECORD);
  }

  /** What the fast door says of numbers that Avro lets pass. */
  private static final Pattern STRICTER =
      Pattern.compile("more than \\d+ bits|none of the places|a boolean is 0 or 1");

  /** Both doors take the same records, and what is taken can be written. */
  @Test
  void whatOneDoorTakesTheOtherTakesToo() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (Dataset dataset : DATASETS) {
      Path table = Files.createDirectory(temporary.resolve(dataset.name() + random.nextInt()));
      RecordDecoder decoder =
          new RecordDecoder(dataset.schema(), dataset.history(), dataset.key(), SchemaIds.NONE);
      int rows = 0;
      try (ColumnarFile file =
          ColumnarFile.create(
              new org.apache.hadoop.fs.Path(table.toUri()), layout(dataset), new Configuration())) {
        for (int offset = 0; offset < 2_000; offset++) {
          byte[] bytes = corrupted(record(dataset, random), random);
          Optional<String> refusal = refusal(decoder, bytes);
          Optional<String> other = refusal(file, bytes, offset);
          // Avro cuts a number of too many bits, and does not say so.
          if (!other.map(STRICTER.asPredicate()::test).orElse(false)) {
            assertThat(other.isEmpty())
                .as(
                    "seed %d, record %s: one says %s, the other %s",
                    seed, HexFormat.of().formatHex(bytes), refusal, other)
                .isEqualTo(refusal.isEmpty());
          }
          rows += other.isEmpty() ? 1 : 0;
        }
        assertThat(file.finish().rows()).as("seed %d", seed).isEqualTo(rows).isPositive();
      }
    }
  }

  private static Optional<String> refusal(RecordDecoder decoder, byte[] bytes) {
    try {
      requireStorable(decoder.decode(bytes).row());
      return Optional.empty();
    } catch (RecordDecoder.Undecodable e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static Optional<String> refusal(ColumnarFile file, byte[] bytes, int offset)
      throws IOException {
    try {
      file.append(bytes, 0, offset, 0);
      return Optional.empty();
    } catch (Undecodable e) {
      assertThat(e.getMessage()).isNotBlank().doesNotContain("\n").hasSizeLessThan(500);
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  @Test
  void lengthsThatNoRecordHasAreToldAndNotBelieved() {
    byte[] good = SingleObjectFormat.generic(Readings.FIRST.schema()).encode(reading(4));
    for (long length : LENGTHS) {
      if (length == 0 || length == 1) {
        continue;
      }
      byte[] bytes = withLength(good, 10, length);
      long before = allocated();
      assertThatThrownBy(
              () ->
                  new RecordDecoder(
                          Readings.FIRST.schema(), Readings.HISTORY, List.of(), SchemaIds.NONE)
                      .decode(bytes))
          .as("length %d", length)
          .isInstanceOf(RecordDecoder.Undecodable.class)
          .hasMessageContaining("not a whole Reading");
      assertThat(allocated() - before).isLessThan(MOST_BYTES_FOR_A_RECORD);
    }
  }

  @Test
  void textThatIsNoUtf8IsTold() {
    GenericRecord reading = reading(4);
    reading.put("station", new Utf8(new byte[] {'S', (byte) 0xC3, '1'}));
    byte[] bytes = SingleObjectFormat.generic(Readings.FIRST.schema()).encode(reading);

    assertThatThrownBy(
            () ->
                new RecordDecoder(
                        Readings.FIRST.schema(), Readings.HISTORY, List.of(), SchemaIds.NONE)
                    .decode(bytes))
        .isInstanceOf(RecordDecoder.Undecodable.class)
        .hasMessage("its station is no UTF-8 text");
  }

  @Test
  void timeThatAColumnCannotHoldIsTold() {
    GenericRecord reading = reading(4);
    reading.put("_fetched_at", Long.MAX_VALUE);
    byte[] bytes = SingleObjectFormat.generic(Readings.FIRST.schema()).encode(reading);

    assertThatThrownBy(
            () ->
                new RecordDecoder(
                        Readings.FIRST.schema(), Readings.HISTORY, List.of(), SchemaIds.NONE)
                    .decode(bytes))
        .isInstanceOf(RecordDecoder.Undecodable.class)
        .hasMessageContaining("its _fetched_at is 9223372036854775807 ms since 1970");
  }

  @Test
  void textOfEveryAlphabetIsARow() throws Exception {
    GenericRecord reading = reading(4);
    reading.put("station", "Slafkovský 東京 😀");
    byte[] bytes = SingleObjectFormat.generic(Readings.FIRST.schema()).encode(reading);

    assertThat(
            new RecordDecoder(Readings.FIRST.schema(), Readings.HISTORY, List.of(), SchemaIds.NONE)
                .decode(bytes)
                .row()
                .get("station"))
        .hasToString("Slafkovský 東京 😀");
  }

  private static void requireStorable(GenericRecord row) {
    for (Schema.Field field : row.getSchema().getFields()) {
      Object value = row.get(field.pos());
      if (value instanceof Utf8 text) {
        byte[] bytes = Arrays.copyOf(text.getBytes(), text.getByteLength());
        assertThat(text.toString().getBytes(StandardCharsets.UTF_8)).isEqualTo(bytes);
      }
    }
    assertThat((Long) row.get("_fetched_at"))
        .isBetween(Long.MIN_VALUE / 1_000, Long.MAX_VALUE / 1_000);
  }

  private static byte[] record(Dataset dataset, Random random) {
    if (dataset.equals(NhlDatasets.PLAYER_GAME_STATS)) {
      return encoder(dataset.schema()).encode(filled(dataset.schema(), random));
    }
    Schema schema = random.nextBoolean() ? Readings.FIRST.schema() : Readings.SECOND.schema();
    return encoder(schema).encode(Readings.reading(schema, random.nextInt(10_000), 1, "UPSERT"));
  }

  private static SingleObjectFormat<GenericRecord> encoder(Schema schema) {
    return ENCODERS.computeIfAbsent(schema, SingleObjectFormat::generic);
  }

  private static GenericRecord reading(int hour) {
    return Readings.reading(Readings.FIRST.schema(), hour, 1, "UPSERT");
  }

  /** A record with something in every field. */
  private static GenericRecord filled(Schema schema, Random random) {
    GenericRecord record = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      record.put(field.pos(), value(field.schema(), random));
    }
    return record;
  }

  private static Object value(Schema schema, Random random) {
    return switch (schema.getType()) {
      case UNION ->
          value(
              schema.getTypes().stream()
                  .filter(part -> part.getType() != Schema.Type.NULL)
                  .findFirst()
                  .orElseThrow(),
              random);
      case STRING -> "text " + random.nextInt(1_000_000);
      case ENUM ->
          new GenericData.EnumSymbol(
              schema, schema.getEnumSymbols().get(random.nextInt(schema.getEnumSymbols().size())));
      case INT -> random.nextInt(4_000);
      case LONG -> 1_700_000_000_000L + random.nextInt();
      case FLOAT -> random.nextFloat();
      case DOUBLE -> random.nextDouble();
      case BOOLEAN -> random.nextBoolean();
      default -> throw new IllegalArgumentException("No value for " + schema);
    };
  }

  private static RowLayout layout(Dataset dataset) {
    return RowLayout.of(dataset, "topic", 0);
  }

  private static byte[] corrupted(byte[] record, Random random) {
    byte[] bytes = record;
    int changes = random.nextInt(4);
    for (int change = 0; change <= changes; change++) {
      // The header is as likely to be hit as the rest of a short record, which is often enough.
      int at = random.nextInt(Math.max(1, bytes.length));
      bytes =
          switch (random.nextInt(6)) {
            case 0 -> flipped(bytes, at, 1 << random.nextInt(8));
            case 1 -> flipped(bytes, at, 1 + random.nextInt(255));
            case 2 -> Arrays.copyOf(bytes, at);
            case 3 -> Arrays.copyOf(bytes, bytes.length + random.nextInt(20));
            case 4 -> withLength(bytes, at, LENGTHS[random.nextInt(LENGTHS.length)]);
            default -> shifted(bytes, at, random);
          };
    }
    return bytes;
  }

  private static byte[] flipped(byte[] bytes, int at, int bits) {
    byte[] flipped = bytes.clone();
    if (at < flipped.length) {
      flipped[at] ^= (byte) bits;
    }
    return flipped;
  }

  /** A number as Avro writes it, in place of what stands at one byte. */
  private static byte[] withLength(byte[] bytes, int at, long number) {
    ByteArrayOutputStream changed = new ByteArrayOutputStream();
    changed.write(bytes, 0, at);
    long zigzag = (number << 1) ^ (number >> 63);
    while ((zigzag & ~0x7FL) != 0) {
      changed.write((int) ((zigzag & 0x7F) | 0x80));
      zigzag >>>= 7;
    }
    changed.write((int) zigzag);
    changed.write(bytes, Math.min(at + 1, bytes.length), Math.max(0, bytes.length - at - 1));
    return changed.toByteArray();
  }

  /** Part of the record moved to where it does not belong. */
  private static byte[] shifted(byte[] bytes, int at, Random random) {
    ByteBuffer moved = ByteBuffer.allocate(bytes.length * 2);
    int from = random.nextInt(Math.max(1, bytes.length));
    moved.put(bytes, 0, at).put(bytes, from, bytes.length - from);
    return Arrays.copyOf(moved.array(), moved.position());
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}
