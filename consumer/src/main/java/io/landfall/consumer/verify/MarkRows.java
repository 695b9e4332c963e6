package io.landfall.consumer.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.landfall.consumer.bronze.BronzeSchema;
import io.landfall.consumer.bronze.CheckedRows;
import io.landfall.consumer.bronze.SystemColumn;
import io.landfall.consumer.verify.RowMark.Fault;
import io.landfall.schemas.ContentHash;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.RowKey;
import io.landfall.schemas.SchemaHistory;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link RowMark} of each row, wherever it is read. Whether a row's values are those that
 * shape sent is found out by hashing them again, as shape did, in the schema of its writer.
 *
 * @param history every schema that a row may have been written with
 * @param columns that are read, in their order
 * @param topicId of the rows whose origin is hashed too; of others only what a record sent to
 *     another topic would repeat
 * @param isDeep whether all columns are hashed too
 */
record MarkRows(
    String schemaJson,
    SchemaHistory history,
    List<String> key,
    List<String> retractionColumns,
    List<String> columns,
    String topicId,
    boolean isDeep)
    implements CheckedRows.Extract {

  static final String FETCHED_AT = "_fetched_at";
  static final String SHAPE_VERSION = "_shape_version";
  static final String COVERAGE = "_coverage";

  static final long MICROS = 1_000;

  private static final long NEVER = Long.MIN_VALUE;

  static MarkRows of(Dataset dataset, List<String> columns, String topicId, boolean isDeep) {
    return new MarkRows(
        dataset.schema().toString(),
        dataset.history(),
        List.copyOf(dataset.key()),
        List.copyOf(dataset.retractionColumns()),
        List.copyOf(columns),
        topicId,
        isDeep);
  }

  @Override
  public Marker begin() {
    return new Marker(this);
  }

  /** What is compared as a number instead of a text. */
  static int hash(@Nullable Object text) {
    return text == null ? 0 : text.toString().hashCode();
  }

  /** One thread's. */
  static final class Marker implements CheckedRows.Task {
    private static final byte[] NO_HASH = new byte[RowMark.HASH_BYTES];

    private final MarkRows wanted;
    private final SchemaHistory history;
    private final RowKey rowKey;
    private final ColumnRecord newest;
    private final Map<String, Writer> writers = new HashMap<>();
    private final MessageDigest sha256 = sha256();
    private final int[] inRetractions;
    private final boolean[] known;
    private final boolean[] repeated;
    private final int operation;
    private final int contentHash;
    private final int revision;
    private final int topicId;
    private final int partition;
    private final int offset;
    private final int fingerprint;
    private final int fetchedAt;
    private final int shapeVersion;
    private final int coverage;
    private ByteBuffer buffer = ByteBuffer.allocate(8 * 1024);

    private record Writer(ContentHash hash, ColumnRecord record) {}

    private Marker(MarkRows wanted) {
      Schema schema = new Schema.Parser().parse(wanted.schemaJson());
      this.wanted = wanted;
      this.history = wanted.history();
      this.newest = new ColumnRecord(schema, wanted.columns());
      this.rowKey = new RowKey(schema, wanted.key());
      this.operation = at(BronzeSchema.OPERATION);
      this.contentHash = at(BronzeSchema.CONTENT_HASH);
      this.revision = at(BronzeSchema.REVISION);
      this.topicId = at(SystemColumn.TOPIC_ID.column());
      this.partition = at(SystemColumn.PARTITION.column());
      this.offset = at(SystemColumn.OFFSET.column());
      this.fingerprint = at(SystemColumn.SCHEMA_FINGERPRINT.column());
      this.fetchedAt = at(FETCHED_AT);
      this.shapeVersion = at(SHAPE_VERSION);
      this.coverage = at(COVERAGE);
      this.known = new boolean[wanted.columns().size()];
      this.repeated = new boolean[known.length];
      for (int i = 0; i < known.length; i++) {
        known[i] = !isUnknownToRecords(wanted.columns().get(i));
        repeated[i] = !wanted.columns().get(i).startsWith("_");
      }
      this.inRetractions =
          wanted.columns().stream()
              .filter(column -> !column.startsWith("_"))
              .filter(column -> !wanted.retractionColumns().contains(column))
              .mapToInt(wanted.columns()::indexOf)
              .toArray();
    }

    @Override
    public byte[] of(@Nullable Object[] row) {
      return mark(row).bytes();
    }

    RowMark mark(@Nullable Object[] row) {
      return mark(row, wanted.topicId().equals(value(row, topicId)));
    }

    /** As if the row had come from an earlier topic. */
    RowMark markAsEarlier(@Nullable Object[] row) {
      return mark(row, false);
    }

    private RowMark mark(@Nullable Object[] row, boolean isHere) {
      boolean isRetraction = "RETRACT".equals(value(row, operation));
      byte[] content = content(value(row, contentHash));
      Fault fault = fault(row, isRetraction, content);
      String key = rowKey.of(newest.of(row));
      return new RowMark(
          hash(value(row, topicId)),
          (int) number(value(row, partition), -1),
          number(value(row, offset), -1),
          (int) number(value(row, revision), -1),
          isRetraction,
          fault,
          start(sha256.digest(key.getBytes(UTF_8))),
          content,
          number(value(row, fetchedAt), NEVER),
          hash(value(row, shapeVersion)),
          hash(value(row, coverage)),
          wanted.isDeep() ? hashed(row, isHere ? known : repeated) : NO_HASH,
          fault == Fault.NONE ? "" : key);
    }

    private int at(String column) {
      return wanted.columns().indexOf(column);
    }

    private static @Nullable Object value(@Nullable Object[] row, int column) {
      return column < 0 ? null : row[column];
    }

    private static long number(@Nullable Object value, long none) {
      return value instanceof Number number ? number.longValue() : none;
    }

    private static byte[] content(@Nullable Object digits) {
      try {
        return digits instanceof String text && text.length() == ContentHash.DIGITS
            ? HexFormat.of().parseHex(text)
            : NO_HASH;
      } catch (IllegalArgumentException e) {
        return NO_HASH;
      }
    }

    private Fault fault(@Nullable Object[] row, boolean isRetraction, byte[] content) {
      if (value(row, revision) == null
          || value(row, partition) == null
          || value(row, offset) == null
          || content == NO_HASH) {
        return Fault.UNREADABLE;
      }
      if (isRetraction) {
        // Its hash is that of the row it takes back; what it says itself is the key, and little
        // else.
        return Arrays.stream(inRetractions).anyMatch(at -> row[at] != null)
            ? Fault.CONTENT
            : Fault.NONE;
      }
      String written = String.valueOf(value(row, fingerprint));
      Writer writer = writers.get(written);
      if (writer == null) {
        @Nullable Schema schema = schema(written);
        if (schema == null) {
          return Fault.SCHEMA;
        }
        writer = new Writer(new ContentHash(schema), new ColumnRecord(schema, wanted.columns()));
        writers.put(written, writer);
      }
      byte[] found = writer.hash().bytes(writer.record().of(row));
      return Arrays.equals(found, content) ? Fault.NONE : Fault.CONTENT;
    }

    private @Nullable Schema schema(String digits) {
      try {
        return history.findByFingerprint(Long.parseUnsignedLong(digits, 16));
      } catch (NumberFormatException e) {
        return null;
      }
    }

    /** All columns but the one that no record knows. */
    byte[] everything(@Nullable Object[] row) {
      return hashed(row, known);
    }

    private byte[] hashed(@Nullable Object[] row, boolean[] which) {
      buffer.clear();
      for (int i = 0; i < row.length; i++) {
        Object value = row[i];
        if (value != null && which[i]) {
          room(Integer.BYTES).putInt(i);
          append(value);
        }
      }
      sha256.update(buffer.array(), 0, buffer.position());
      return start(sha256.digest());
    }

    private void append(Object value) {
      if (value instanceof Integer number) {
        room(5).put((byte) 1).putInt(number);
      } else if (value instanceof Long number) {
        room(9).put((byte) 2).putLong(number);
      } else if (value instanceof Double number) {
        room(9).put((byte) 3).putLong(Double.doubleToRawLongBits(number));
      } else if (value instanceof Float number) {
        room(5).put((byte) 4).putInt(Float.floatToRawIntBits(number));
      } else if (value instanceof Boolean flag) {
        room(2).put((byte) 5).put((byte) (flag ? 1 : 0));
      } else if (value instanceof byte[] bytes) {
        room(5 + bytes.length).put((byte) 6).putInt(bytes.length).put(bytes);
      } else {
        String text =
            value instanceof BigDecimal number ? number.toPlainString() : value.toString();
        byte[] utf8 = text.getBytes(UTF_8);
        room(5 + utf8.length).put((byte) 7).putInt(utf8.length).put(utf8);
      }
    }

    private ByteBuffer room(int bytes) {
      if (buffer.remaining() < bytes) {
        buffer = ByteBuffer.allocate(2 * buffer.capacity() + bytes).put(buffer.flip());
      }
      return buffer;
    }

    private static byte[] start(byte[] digest) {
      return Arrays.copyOf(digest, RowMark.HASH_BYTES);
    }

    private static MessageDigest sha256() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("Every Java platform has SHA-256", e);
      }
    }
  }

  static boolean isUnknownToRecords(String column) {
    return column.equals(SystemColumn.INGESTED_AT.column());
  }
}
