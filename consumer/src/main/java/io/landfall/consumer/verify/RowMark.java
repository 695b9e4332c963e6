package io.landfall.consumer.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What is kept of a row of the table to judge it by: a tenth of the row, and of the same length
 * unless something is wrong with it.
 *
 * @param topicId hash of the topic's id
 * @param key the first 16 bytes of the hash of its key
 * @param content its content hash as it says
 * @param everything a hash of all its columns; zeros where that was not asked for
 * @param name its key as text, and what is wrong with it; empty where nothing is
 */
@SuppressWarnings("ArrayRecordComponent") // one flat piece of a file, never compared as a whole
record RowMark(
    int topicId,
    int partition,
    long offset,
    int revision,
    boolean isRetraction,
    Fault fault,
    byte[] key,
    byte[] content,
    long fetchedAt,
    int shapeVersion,
    int coverage,
    byte[] everything,
    String name) {

  static final int HASH_BYTES = 16;

  private static final int FIXED =
      4 * Integer.BYTES + 2 * Long.BYTES + 2 + Integer.BYTES + 3 * HASH_BYTES;

  /** What is wrong with a row in itself. */
  enum Fault {
    NONE(0, ""),
    CONTENT(1, "its values are not those that its content hash was made of"),
    SCHEMA(2, "its schema fingerprint is none that this release knows"),
    UNREADABLE(3, "it lacks a value that every row has");

    private final byte code;
    private final String description;

    Fault(int code, String description) {
      this.code = (byte) code;
      this.description = description;
    }

    private static Fault of(byte code) {
      if (code == NONE.code) {
        return NONE;
      }
      return Arrays.stream(values()).filter(fault -> fault.code == code).findAny().orElseThrow();
    }

    String description() {
      return description;
    }
  }

  byte[] bytes() {
    byte[] text = name.getBytes(UTF_8);
    return ByteBuffer.allocate(FIXED + text.length)
        .putInt(topicId)
        .putInt(partition)
        .putLong(offset)
        .putInt(revision)
        .put((byte) (isRetraction ? 1 : 0))
        .put(fault.code)
        .put(key)
        .put(content)
        .putLong(fetchedAt)
        .putInt(shapeVersion)
        .putInt(coverage)
        .put(everything)
        .put(text)
        .array();
  }

  static RowMark of(byte[] bytes) {
    ByteBuffer from = ByteBuffer.wrap(bytes);
    return new RowMark(
        from.getInt(),
        from.getInt(),
        from.getLong(),
        from.getInt(),
        from.get() == 1,
        Fault.of(from.get()),
        hash(from),
        hash(from),
        from.getLong(),
        from.getInt(),
        from.getInt(),
        hash(from),
        new String(bytes, from.position(), from.remaining(), UTF_8));
  }

  private static byte[] hash(ByteBuffer from) {
    byte[] hash = new byte[HASH_BYTES];
    from.get(hash);
    return hash;
  }
}
