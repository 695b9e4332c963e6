package io.landfall.producer.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.landfall.schemas.DeadLetter;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter without the record's bytes, of which there may be many.
 *
 * @param key the record's, as bytes
 * @param hash of the record's value; empty where the letter does not hold it
 */
public record Letter(
    Origin origin,
    Optional<ByteBuffer> key,
    Optional<String> hash,
    String reason,
    String detail,
    String codeVersion,
    Instant failedAt) {

  static Letter of(DeadLetter letter) {
    return new Letter(
        new Origin(letter.getTopic(), letter.getPartition(), letter.getOffset()),
        Optional.ofNullable(letter.getKey()),
        letter.getComplete() ? Optional.of(hash(bytes(letter.getValue()))) : Optional.empty(),
        letter.getReason(),
        letter.getDetail(),
        letter.getCodeVersion(),
        letter.getFailedAt());
  }

  /** The item's key, as far as it is text. */
  public Optional<String> item() {
    return key.map(bytes -> UTF_8.decode(bytes.duplicate()).toString());
  }

  /** SHA-256 of a record's value, in hexadecimal digits; of no value, a word that is no hash. */
  public static String hash(byte @Nullable [] value) {
    if (value == null) {
      return "none";
    }
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JVM has SHA-256", e);
    }
  }

  /** The bytes of an Avro field. */
  public static byte @Nullable [] bytes(@Nullable ByteBuffer field) {
    if (field == null) {
      return null;
    }
    byte[] bytes = new byte[field.remaining()];
    field.duplicate().get(bytes);
    return bytes;
  }
}
