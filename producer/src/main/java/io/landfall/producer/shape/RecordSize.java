package io.landfall.producer.shape;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Whether a record will be taken. Kafka says so only while it is sent, and the transaction that it
 * was sent in cannot be committed any more.
 */
final class RecordSize {

  /** What a record and its batch take beside key, value and headers, and what zstd may add. */
  private static final int ROOM = 4_096;

  private static final int ROOM_OF_A_HEADER = 10;

  private RecordSize() {}

  static boolean fits(Record<OutputKey, byte[]> record, int limit) {
    long headers = 0;
    for (Header header : record.headers()) {
      headers += (long) Utils.utf8Length(header.key()) + size(header.value()) + ROOM_OF_A_HEADER;
    }
    return fits(record.key().text(), record.value(), limit - headers);
  }

  /** The same of one without headers. */
  static boolean fits(String key, byte[] value, long limit) {
    return (long) Utils.utf8Length(key) + value.length + ROOM <= limit;
  }

  private static int size(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
