package io.landfall.producer.shape;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.landfall.cli.Version;
import io.landfall.producer.source.Shaped;
import io.landfall.producer.source.Shaper;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.DeadLetter;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.Manifest;
import io.landfall.schemas.RevisionCause;
import io.landfall.schemas.RowKey;
import io.landfall.schemas.RowsInForce;
import io.landfall.schemas.SingleObjectFormat;
import io.landfall.schemas.SingleObjectFormat.Undecodable;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shapes one item after the other; everything it forwards is committed with its state.
 *
 * <p>The state knows the offset of the answers that an item was shaped from last. What stands
 * before it in the archive is superseded and never shaped again, so the archive may be read again
 * from any offset, for whatever reason. Answers at that very offset are derived again only where
 * that is asked for.
 */
final class ShapeProcessor implements Processor<String, byte[], OutputKey, byte[]> {

  private static final Logger LOG = LoggerFactory.getLogger(ShapeProcessor.class);

  private static final SingleObjectFormat<ItemAnswers> ANSWERS =
      SingleObjectFormat.of(ItemAnswers.class);
  private static final SingleObjectFormat<RowsInForce> STATES =
      SingleObjectFormat.of(RowsInForce.class);
  private static final SingleObjectFormat<Manifest> MANIFESTS =
      SingleObjectFormat.of(Manifest.class);
  private static final SingleObjectFormat<DeadLetter> DEAD_LETTERS =
      SingleObjectFormat.of(DeadLetter.class);

  private static final RowsInForce NOTHING_YET = new RowsInForce(0, List.of(), List.of(), -1L);

  private final Dataset dataset;
  private final Shaper shaper;
  private final Predicate<Item> deriveAgain;
  private final ShapeCounts counts;
  private final Clock clock;
  private final SingleObjectFormat<GenericRecord> rowFormat;
  private final RowKey rowKey;
  private final ItemRows itemRows;

  @SuppressWarnings("NullAway.Init") // init is Kafka Streams' constructor
  private ProcessorContext<OutputKey, byte[]> context;

  @SuppressWarnings("NullAway.Init")
  private KeyValueStore<String, byte[]> states;

  /**
   * @param deriveAgain of which items answers are derived again that were shaped before
   */
  ShapeProcessor(
      Dataset dataset,
      Shaper shaper,
      Predicate<Item> deriveAgain,
      ShapeCounts counts,
      Clock clock) {
    this.dataset = dataset;
    this.shaper = shaper;
    this.deriveAgain = deriveAgain;
    this.counts = counts;
    this.clock = clock;
    this.rowFormat = SingleObjectFormat.generic(dataset.schema());
    this.rowKey = new RowKey(dataset);
    this.itemRows = new ItemRows(dataset, shaper.version());
  }

  @Override
  public void init(ProcessorContext<OutputKey, byte[]> newContext) {
    context = newContext;
    states = newContext.getStateStore(ShapeTopology.STATE_STORE);
  }

  @Override
  public void process(Record<String, byte[]> input) {
    try {
      if (input.key() == null || input.value() == null) {
        throw new Undecodable("A record of the archive has a key and a value");
      }
      RowsInForce before = state(input.key()).orElse(NOTHING_YET);
      long offset = origin().offset();
      if (offset < before.getShapedOffset()) {
        counts.skippedOne();
        return;
      }
      ItemAnswers answers = ANSWERS.decode(input.value());
      if (!input.key().equals(answers.getItem().getKey())) {
        throw new Undecodable(
            "The record's key is %s, and its item %s"
                .formatted(input.key(), answers.getItem().getKey()));
      }
      if (offset == before.getShapedOffset() && !deriveAgain.test(answers.getItem())) {
        counts.skippedOne();
        return;
      }
      shaper
          .shape(answers)
          .match(
              rows -> emit(input, answers, rows, before),
              // What it waits for comes with other answers, and the ledger keeps it due.
              waiting -> note(input.key(), before),
              unusable -> {
                deadLetter(input, "UNSHAPEABLE", unusable.reason());
                note(input.key(), before);
              });
    } catch (Undecodable e) {
      // Whose answers these are is not known: no item's state says that they were shaped.
      deadLetter(input, "UNDECODABLE", String.valueOf(e.getMessage()));
    }
    counts.read();
  }

  private void emit(
      Record<String, byte[]> input, ItemAnswers answers, Shaped.Rows rows, RowsInForce before) {
    String item = input.key();
    long offset = origin().offset();
    Optional<ItemRows.Change> changed = itemRows.change(answers, rows, Optional.of(before), offset);
    if (changed.isEmpty()) {
      note(item, before);
      return;
    }
    ItemRows.Change change = changed.get();
    for (GenericRecord row : change.emitted()) {
      forward(input, rowKey.of(row), rowFormat.encode(row), ShapeTopology.LANDING);
    }
    states.put(item, STATES.encode(change.inForce()));
    Manifest manifest =
        new Manifest(
            dataset.resource(),
            item,
            change.inForce().getRevision(),
            change.emitted().size(),
            change.retracted(),
            change.inForce().getRows().size(),
            change.hashInForce(),
            rows.coverage(),
            shaper.version(),
            answers.getFetchedAt(),
            offset == before.getShapedOffset() ? RevisionCause.RESHAPED : RevisionCause.FETCHED);
    forward(
        input,
        dataset.resource() + "/" + item,
        MANIFESTS.encode(manifest),
        ShapeTopology.MANIFESTS);
    counts.emitted(change.emitted().size(), change.retracted());
  }

  /** That the item was shaped from these answers, and its rows are as they were. */
  private void note(String item, RowsInForce before) {
    long offset = origin().offset();
    if (offset != before.getShapedOffset()) {
      states.put(
          item,
          STATES.encode(
              new RowsInForce(
                  before.getRevision(), before.getColumns(), before.getRows(), offset)));
    }
  }

  private Optional<RowsInForce> state(String item) {
    byte @Nullable [] stored = states.get(item);
    if (stored == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(STATES.decode(stored));
    } catch (Undecodable e) {
      throw new IllegalStateException(
          "The state of item %s cannot be read, and without it its rows would be emitted again: %s"
              .formatted(item, e.getMessage()),
          e);
    }
  }

  private void forward(Record<String, byte[]> input, String key, byte[] value, String sink) {
    OutputKey output = new OutputKey(input.key() == null ? "" : input.key(), key);
    context.forward(new Record<>(output, value, input.timestamp()), sink);
  }

  private RecordMetadata origin() {
    return context
        .recordMetadata()
        .orElseThrow(() -> new IllegalStateException("A record has a place in its topic"));
  }

  private void deadLetter(Record<String, byte[]> input, String reason, String detail) {
    RecordMetadata origin = origin();
    DeadLetter letter =
        new DeadLetter(
            origin.topic(),
            origin.partition(),
            origin.offset(),
            input.key() == null ? null : ByteBuffer.wrap(input.key().getBytes(UTF_8)),
            input.value() == null ? null : ByteBuffer.wrap(input.value()),
            reason,
            detail,
            Version.current(),
            clock.instant());
    String key = "%s-%d@%d".formatted(origin.topic(), origin.partition(), origin.offset());
    forward(input, key, DEAD_LETTERS.encode(letter), ShapeTopology.DEAD_LETTERS);
    counts.deadLettered();
    LOG.atWarn()
        .addKeyValue("origin", key)
        .addKeyValue("item", input.key())
        .addKeyValue("reason", reason)
        .addKeyValue("detail", detail)
        .log("Dead letter");
  }
}
