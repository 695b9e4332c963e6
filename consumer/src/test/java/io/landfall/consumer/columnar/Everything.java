package io.landfall.consumer.columnar;

import io.landfall.consumer.bronze.BronzeSchema;
import io.landfall.consumer.bronze.RowLayout;
import io.landfall.schemas.SchemaHistory;
import io.landfall.schemas.SchemaIds;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Random records with a field of every type, required and optional. */
final class Everything {

  static final SchemaHistory HISTORY = SchemaHistory.of("Everything");
  static final Schema FIRST = HISTORY.versions().get(0);
  static final Schema SECOND = HISTORY.versions().get(1);

  /** Within what all readers have timestamps for. */
  private static final long MICROS = 200_000_000_000_000_000L;

  private static final int DAYS = 1_000_000;

  private Everything() {}

  static RowLayout layout() {
    List<String> all =
        new ArrayList<>(SECOND.getFields().stream().map(Schema.Field::name).toList());
    return new RowLayout(
        SECOND.toString(),
        HISTORY,
        all,
        List.of(),
        "kT5kBzFpQdWQ2Wz0c0ffee",
        1_700_000_000_000_000L,
        SchemaIds.NONE,
        Set.of());
  }

  /** Records in which each column has a pattern of its own, of nulls and of values. */
  static List<GenericRecord> records(Schema schema, int count, Random random) {
    List<Supplier<Object>> columns = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      Supplier<Object> values = repeated(field.schema(), random);
      columns.add(field.schema().isNullable() ? sometimes(values, random) : values);
    }
    List<GenericRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      GenericRecord record = new GenericData.Record(schema);
      for (int column = 0; column < columns.size(); column++) {
        record.put(column, columns.get(column).get());
      }
      records.add(record);
    }
    return records;
  }

  private static Supplier<Object> sometimes(Supplier<Object> values, Random random) {
    int pattern = random.nextInt(4);
    int[] left = {0, 0}; // of a run, and what it is of
    return () -> {
      boolean missing =
          switch (pattern) {
            case 0 -> false;
            case 1 -> true;
            case 2 -> random.nextInt(3) == 0;
            default -> {
              if (left[0]-- == 0) {
                left[0] = random.nextInt(40);
                left[1] = 1 - left[1];
              }
              yield left[1] == 1;
            }
          };
      return missing ? null : values.get();
    };
  }

  private static Supplier<Object> repeated(Schema schema, Random random) {
    Schema value = BronzeSchema.valueOf(schema);
    int pattern = random.nextInt(4);
    List<Object> few = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(300); i++) {
      few.add(value(value, random));
    }
    int[] at = {0};
    return () ->
        switch (pattern) {
          case 0 -> value(value, random); // all different
          case 1 -> few.get(0);
          case 2 -> few.get(random.nextInt(few.size()));
          default -> few.get(at[0]++ / 11 % few.size()); // runs
        };
  }

  private static Object value(Schema schema, Random random) {
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      return decimal(decimal.getPrecision(), random);
    }
    return switch (schema.getType()) {
      case INT ->
          schema.getLogicalType() == null
              ? oneOf(random, random.nextInt(), random.nextInt(2_000), Integer.MIN_VALUE, -1)
              : random.nextInt(2 * DAYS) - DAYS;
      case LONG -> number(schema, random);
      case FLOAT ->
          oneOf(random, random.nextFloat(), (float) random.nextInt(50), 0.0f, -0.0f, Float.NaN);
      case DOUBLE ->
          oneOf(
              random,
              random.nextGaussian(),
              random.nextInt(50) / 4.0,
              0.0,
              -0.0,
              random.nextInt(9) == 0 ? Double.NaN : Double.NEGATIVE_INFINITY);
      case BOOLEAN -> random.nextBoolean();
      case STRING -> text(random);
      case BYTES -> {
        byte[] bytes = new byte[random.nextInt(30)];
        random.nextBytes(bytes);
        yield ByteBuffer.wrap(bytes);
      }
      case ENUM ->
          new GenericData.EnumSymbol(
              schema, schema.getEnumSymbols().get(random.nextInt(schema.getEnumSymbols().size())));
      default -> throw new IllegalArgumentException(schema.toString());
    };
  }

  private static Object number(Schema schema, Random random) {
    if (schema.getLogicalType() instanceof LogicalTypes.TimestampMillis) {
      return random.nextLong(-MICROS / 1_000, MICROS / 1_000);
    }
    if (schema.getLogicalType() instanceof LogicalTypes.TimestampMicros) {
      return random.nextLong(-MICROS, MICROS);
    }
    return oneOf(random, random.nextLong(), (long) random.nextInt(2_000), Long.MAX_VALUE, -1L);
  }

  private static Object oneOf(Random random, Object... values) {
    return values[random.nextInt(values.length)];
  }

  private static ByteBuffer decimal(int digits, Random random) {
    BigInteger most = BigInteger.TEN.pow(digits);
    BigInteger value = new BigInteger(random.nextInt(most.bitLength()), random).mod(most);
    byte[] least = (random.nextBoolean() ? value : value.negate()).toByteArray();
    if (random.nextBoolean()) {
      return ByteBuffer.wrap(least);
    }
    // The same number, in more bytes than it needs.
    byte[] more = new byte[least.length + 3];
    Arrays.fill(more, 0, 3, (byte) (least[0] < 0 ? -1 : 0));
    System.arraycopy(least, 0, more, 3, least.length);
    return ByteBuffer.wrap(more);
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(8) == 0 ? random.nextInt(200) : random.nextInt(12);
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(
          switch (random.nextInt(12)) {
            case 0 -> 0xE9;
            case 1 -> 0xFFFD;
            case 2 -> 0x1F3D2;
            case 3 -> Character.MAX_CODE_POINT;
            default -> 'a' + random.nextInt(4);
          });
    }
    return text.toString();
  }
}
