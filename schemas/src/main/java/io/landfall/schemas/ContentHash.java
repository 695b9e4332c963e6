package io.landfall.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * The hash of what a row says, apart from how it came here: all fields without a leading
 * underscore, and {@code _coverage}.
 *
 * <p>Computed as the first 16 bytes of SHA-256 over the row's non-null fields in the order of their
 * names; each field adds the first four bytes of SHA-256 of its name (UTF-8) and its value: int as
 * 4 bytes, long and double (IEEE 754 bits) as 8 bytes, big-endian; boolean as one byte, 0 or 1;
 * text as 4 bytes of length and UTF-8; decimal as 4 bytes of length and its unscaled value,
 * big-endian two's complement in as few bytes as hold it. A null adds nothing, so a new optional
 * column leaves the hashes of old rows as they are.
 *
 * <p>Not safe for use by several threads.
 */
public final class ContentHash {

  /** Length of a hash in hexadecimal digits. */
  public static final int DIGITS = 32;

  private static final int BYTES = DIGITS / 2;

  /**
   * @param decimal how its unscaled values are read; null where it holds something else
   */
  private record HashedField(
      int position, String name, int tag, LogicalTypes.@Nullable Decimal decimal) {}

  private final List<HashedField> fields;
  private final MessageDigest sha256 = sha256();
  private ByteBuffer buffer = ByteBuffer.allocate(8 * 1024);

  public ContentHash(Schema schema) {
    this.fields =
        schema.getFields().stream()
            .filter(field -> isContent(field.name()))
            .sorted(Comparator.comparing(Schema.Field::name))
            .map(
                field ->
                    new HashedField(
                        field.pos(), field.name(), tag(field.name()), decimal(field.schema())))
            .toList();
    Map<Integer, String> seen = new HashMap<>();
    for (HashedField field : fields) {
      String other = seen.put(field.tag(), field.name());
      if (other != null) {
        throw new IllegalArgumentException(
            "Fields %s and %s have the same tag: rename one".formatted(other, field.name()));
      }
    }
  }

  private static boolean isContent(String field) {
    return !field.startsWith("_") || field.equals("_coverage");
  }

  private static LogicalTypes.@Nullable Decimal decimal(Schema schema) {
    List<Schema> parts = schema.isUnion() ? schema.getTypes() : List.of(schema);
    for (Schema part : parts) {
      if (part.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
        return decimal;
      }
    }
    return null;
  }

  private static int tag(String name) {
    return ByteBuffer.wrap(sha256().digest(name.getBytes(UTF_8))).getInt();
  }

  /** The hash as 32 lower-case hexadecimal digits. */
  public String of(IndexedRecord row) {
    return HexFormat.of().formatHex(bytes(row));
  }

  /** The hash as 16 bytes. */
  public byte[] bytes(IndexedRecord row) {
    buffer.clear();
    for (HashedField field : fields) {
      Object value = row.get(field.position());
      if (value != null) {
        append(field, value);
      }
    }
    sha256.update(buffer.array(), 0, buffer.position());
    return Arrays.copyOf(sha256.digest(), BYTES);
  }

  private void append(HashedField field, Object value) {
    if (value instanceof Integer number) {
      room(8).putInt(field.tag()).putInt(number);
    } else if (value instanceof Double number) {
      room(12).putInt(field.tag()).putDouble(number);
    } else if (value instanceof Long number) {
      room(12).putInt(field.tag()).putLong(number);
    } else if (value instanceof Boolean flag) {
      room(5).putInt(field.tag()).put((byte) (flag ? 1 : 0));
    } else if (value instanceof CharSequence text) {
      append(field, text.toString().getBytes(UTF_8));
    } else if (field.decimal() != null && value instanceof ByteBuffer unscaled) {
      byte[] bytes = new byte[unscaled.remaining()];
      unscaled.duplicate().get(bytes);
      append(field, new BigInteger(bytes).toByteArray());
    } else if (field.decimal() != null && value instanceof BigDecimal number) {
      append(field, number.setScale(field.decimal().getScale()).unscaledValue().toByteArray());
    } else {
      throw new IllegalArgumentException(
          "Field %s holds a %s, which has no hash".formatted(field.name(), value.getClass()));
    }
  }

  private void append(HashedField field, byte[] bytes) {
    room(8 + bytes.length).putInt(field.tag()).putInt(bytes.length).put(bytes);
  }

  private ByteBuffer room(int bytes) {
    if (buffer.remaining() < bytes) {
      buffer = ByteBuffer.allocate(2 * buffer.capacity() + bytes).put(buffer.flip());
    }
    return buffer;
  }

  /** The order-free hash of a set of rows: the sum of their hashes modulo 2^128. */
  public static String sum(Iterable<String> hashes) {
    HashSum sum = new HashSum();
    for (String hash : hashes) {
      sum.add(HexFormat.of().parseHex(hash));
    }
    return sum.digits();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
