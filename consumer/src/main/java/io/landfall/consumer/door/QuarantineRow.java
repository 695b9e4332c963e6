package io.landfall.consumer.door;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.consumer.bronze.Fault;
import io.landfall.consumer.bronze.QuarantineTable;
import io.landfall.schemas.QuarantinedRecord;
import io.landfall.schemas.SingleObjectFormat;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of the quarantine table, as the value of a record that such a row would be read from.
 * For one thread.
 */
public final class QuarantineRow {

  private static final JsonMapper JSON = new JsonMapper();

  /** As {@code reason} of a record that has become a row. */
  private static final String REPLAYED = "REPLAYED";

  private final SingleObjectFormat<QuarantinedRecord> format =
      SingleObjectFormat.of(QuarantinedRecord.class);
  private final String codeVersion;
  private final Instant at;

  /**
   * @param at microseconds since 1970
   */
  public QuarantineRow(String codeVersion, long at) {
    this.codeVersion = codeVersion;
    this.at = Instant.EPOCH.plus(at, ChronoUnit.MICROS);
  }

  /** The headers of one record, in their order. */
  public static final class Headers {
    private final ArrayNode headers = JSON.createArrayNode();

    public void add(@Nullable String key, byte @Nullable [] value) {
      ObjectNode header = headers.addObject();
      header.put("key", key);
      header.put("value", value);
    }

    private @Nullable String json() {
      return headers.isEmpty() ? null : headers.toString();
    }
  }

  /** Of a record that is no row. */
  public byte[] of(byte @Nullable [] key, byte @Nullable [] value, Headers headers, Fault fault) {
    return format.encode(
        QuarantinedRecord.newBuilder()
            .setState(QuarantineTable.QUARANTINED)
            .setReason(fault.kind().name())
            .setDetail(fault.detail())
            .setKey(key == null ? null : ByteBuffer.wrap(key))
            .setValue(value == null ? null : ByteBuffer.wrap(value))
            .setHeaders(headers.json())
            .setWriterFingerprint(fault.fingerprint())
            .setCodeVersion(codeVersion)
            .setQuarantinedAt(at)
            .build());
  }

  /** Of a record that has become one. */
  public byte[] resolved(String detail) {
    return format.encode(
        QuarantinedRecord.newBuilder()
            .setState(QuarantineTable.RESOLVED)
            .setReason(REPLAYED)
            .setDetail(detail)
            .setCodeVersion(codeVersion)
            .setQuarantinedAt(at)
            .build());
  }
}
