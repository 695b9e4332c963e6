package io.landfall.producer.shape;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a dead letter for what could not be used, counts it, and says so. */
final class LetterSender {

  private static final Logger LOG = LoggerFactory.getLogger(LetterSender.class);

  private final ProcessorContext<OutputKey, byte[]> context;
  private final ShapeCounts counts;
  private final DeadLetterFormat format;

  LetterSender(ProcessorContext<OutputKey, byte[]> context, ShapeCounts counts, Clock clock) {
    this.context = context;
    this.counts = counts;
    this.format = new DeadLetterFormat(clock);
  }

  void send(Record<byte[], byte[]> input, RecordMetadata origin, NotUsable failure) {
    context.forward(format.of(input, origin, failure), ShapeTopology.DEAD_LETTERS);
    counts.deadLettered();
    LOG.atWarn()
        .addKeyValue("origin", DeadLetterFormat.name(origin))
        .addKeyValue("item", input.key() == null ? null : new String(input.key(), UTF_8))
        .addKeyValue("reason", failure.reason())
        .addKeyValue("detail", failure.detail())
        .log("Dead letter");
  }
}
