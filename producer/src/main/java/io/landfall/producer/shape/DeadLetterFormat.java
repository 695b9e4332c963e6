package io.landfall.producer.shape;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.landfall.cli.Version;
import io.landfall.schemas.DeadLetter;
import io.landfall.schemas.RecordHeader;
import io.landfall.schemas.SingleObjectFormat;
import io.landfall.schemas.Topic;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Makes a record of the dead-letter topic. Its value says everything; its headers are the record's
 * own, and after them those of the dead letter queue of Kafka Streams (KIP-1034), which tools know.
 */
final class DeadLetterFormat {

  static final String EXCEPTION = "__streams.errors.exception";
  static final String MESSAGE = "__streams.errors.message";
  static final String STACKTRACE = "__streams.errors.stacktrace";
  static final String TOPIC = "__streams.errors.topic";
  static final String PARTITION = "__streams.errors.partition";
  static final String OFFSET = "__streams.errors.offset";

  /** Characters of what is told: whatever goes wrong, the letter itself must fit. */
  private static final int MOST_OF_A_DETAIL = 4_096;

  private static final int MOST_OF_A_STACK_TRACE = 16_384;

  private static final SingleObjectFormat<DeadLetter> FORMAT =
      SingleObjectFormat.of(DeadLetter.class);

  private final Clock clock;

  DeadLetterFormat(Clock clock) {
    this.clock = clock;
  }

  /** The letter for one record. */
  Record<OutputKey, byte[]> of(
      Record<byte[], byte[]> input, RecordMetadata origin, NotUsable failure) {
    Record<OutputKey, byte[]> whole = of(input, origin, failure, true);
    return RecordSize.fits(whole, Topic.MAX_DEAD_LETTER_BYTES)
            && size(input.value()) <= Topic.MAX_RECORD_BYTES
        ? whole
        : of(input, origin, failure, false);
  }

  private Record<OutputKey, byte[]> of(
      Record<byte[], byte[]> input, RecordMetadata origin, NotUsable failure, boolean complete) {
    String name = name(origin);
    DeadLetter letter =
        new DeadLetter(
            origin.topic(),
            origin.partition(),
            origin.offset(),
            complete || size(input.key()) <= MOST_OF_A_DETAIL ? buffer(input.key()) : null,
            complete ? buffer(input.value()) : null,
            Instant.ofEpochMilli(input.timestamp()),
            complete ? copies(input.headers()) : List.of(),
            complete,
            failure.reason().name(),
            shortened(failure.detail(), MOST_OF_A_DETAIL),
            Version.current(),
            clock.instant());
    Headers headers = complete ? new RecordHeaders(input.headers()) : new RecordHeaders();
    Throwable thrown = failure.origin();
    add(headers, EXCEPTION, thrown.getClass().getName());
    add(headers, MESSAGE, letter.getDetail());
    add(headers, STACKTRACE, shortened(stackTrace(thrown), MOST_OF_A_STACK_TRACE));
    add(headers, TOPIC, origin.topic());
    add(headers, PARTITION, Integer.toString(origin.partition()));
    add(headers, OFFSET, Long.toString(origin.offset()));
    return new Record<>(
        new OutputKey(name, name), FORMAT.encode(letter), input.timestamp(), headers);
  }

  /** What a letter is known by. */
  static String name(RecordMetadata origin) {
    return "%s-%d@%d".formatted(origin.topic(), origin.partition(), origin.offset());
  }

  private static int size(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  private static @Nullable ByteBuffer buffer(byte @Nullable [] bytes) {
    return bytes == null ? null : ByteBuffer.wrap(bytes);
  }

  private static List<RecordHeader> copies(Headers headers) {
    List<RecordHeader> copies = new ArrayList<>();
    for (Header header : headers) {
      copies.add(new RecordHeader(header.key(), buffer(header.value())));
    }
    return copies;
  }

  private static void add(Headers headers, String key, String value) {
    headers.add(key, value.getBytes(UTF_8));
  }

  private static String stackTrace(Throwable thrown) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace, true));
    return trace.toString();
  }

  private static String shortened(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most) + "…";
  }
}
