package io.landfall.consumer.door.spark;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;

/**
 * Values that Avro decodes and a table cannot hold. A flipped bit in a text is no fault to Avro;
 * but one text that is not UTF-8 keeps some readers from the whole file that it lies in.
 */
final class StorableValues {

  /** Columns of times hold microseconds. */
  private static final long MOST_MILLIS = Long.MAX_VALUE / 1_000;

  private final List<Schema.Field> texts;
  private final List<Schema.Field> times;

  StorableValues(Schema schema) {
    this.texts =
        schema.getFields().stream()
            .filter(field -> mayBe(field.schema(), part -> part.getType() == Schema.Type.STRING))
            .toList();
    this.times =
        schema.getFields().stream()
            .filter(
                field ->
                    mayBe(
                        field.schema(),
                        part -> part.getLogicalType() instanceof LogicalTypes.TimestampMillis))
            .toList();
  }

  private static boolean mayBe(Schema schema, Predicate<Schema> kind) {
    return schema.isUnion() ? schema.getTypes().stream().anyMatch(kind) : kind.test(schema);
  }

  /**
   * @throws RecordDecoder.Undecodable if there is such a value
   */
  void require(GenericRecord row) throws RecordDecoder.Undecodable {
    for (Schema.Field field : texts) {
      if (row.get(field.pos()) instanceof Utf8 text && !isUtf8(text)) {
        throw new RecordDecoder.Undecodable("its %s is no UTF-8 text".formatted(field.name()));
      }
    }
    for (Schema.Field field : times) {
      if (row.get(field.pos()) instanceof Long millis
          && (millis > MOST_MILLIS || millis < -MOST_MILLIS)) {
        throw new RecordDecoder.Undecodable(
            "its %s is %d ms since 1970, which no column can hold".formatted(field.name(), millis));
      }
    }
  }

  private static boolean isUtf8(Utf8 text) {
    byte[] bytes = text.getBytes();
    int length = text.getByteLength();
    for (int i = 0; i < length; i++) {
      if (bytes[i] < 0) {
        return decodes(bytes, length);
      }
    }
    return true;
  }

  private static boolean decodes(byte[] bytes, int length) {
    try {
      var unused = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
