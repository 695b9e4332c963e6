package io.landfall.producer.shape;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.landfall.producer.shape.NotUsable.Reason;
import io.landfall.producer.source.Shaped;
import io.landfall.producer.source.Shaper;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.Manifest;
import io.landfall.schemas.RevisionCause;
import io.landfall.schemas.RowKey;
import io.landfall.schemas.RowsInForce;
import io.landfall.schemas.SingleObjectFormat;
import io.landfall.schemas.SingleObjectFormat.Undecodable;
import io.landfall.schemas.Topic;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
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
 * <p>The state knows the answers that an item was shaped from last. What stands before them in the
 * archive is superseded and never shaped again, so the archive may be read again from any offset,
 * for whatever reason. The same answers are derived again only where that is asked for.
 */
final class ShapeProcessor implements Processor<byte[], byte[], OutputKey, byte[]> {

  private static final Logger LOG = LoggerFactory.getLogger(ShapeProcessor.class);

  private static final SingleObjectFormat<ItemAnswers> ANSWERS =
      SingleObjectFormat.of(ItemAnswers.class);
  private static final SingleObjectFormat<RowsInForce> STATES =
      SingleObjectFormat.of(RowsInForce.class);
  private static final SingleObjectFormat<Manifest> MANIFESTS =
      SingleObjectFormat.of(Manifest.class);

  private static final RowsInForce NOTHING_YET =
      new RowsInForce(0, List.of(), List.of(), -1L, Instant.EPOCH);

  private final Dataset dataset;
  private final Shaper shaper;
  private final Predicate<Item> deriveAgain;
  private final ShapeCounts counts;
  private final DeadLetterFormat deadLetters;
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
    this.deadLetters = new DeadLetterFormat(clock);
    this.rowFormat = SingleObjectFormat.generic(dataset.schema());
    this.rowKey = new RowKey(dataset);
    this.itemRows = new ItemRows(dataset, shaper.version());
  }

  @Override
  public void init(ProcessorContext<OutputKey, byte[]> newContext) {
    context = newContext;
    states = newContext.getStateStore(ShapeTopology.STATE_STORE);
  }

  /**
   * What one revision of an item writes.
   *
   * @param rows for the landing topic, in order
   * @param state for the store
   * @param retracted how many of the rows are retractions
   */
  private record Output(
      List<Record<OutputKey, byte[]>> rows,
      Record<OutputKey, byte[]> state,
      Record<OutputKey, byte[]> manifest,
      int retracted) {}

  @Override
  public void process(Record<byte[], byte[]> input) {
    try {
      ItemAnswers answers = decode(input);
      RowsInForce before = state(answers.getItem().getKey()).orElse(NOTHING_YET);
      if (isPassedOver(answers, before)) {
        counts.skippedOne();
        return;
      }
      shape(input, answers, before);
    } catch (NotUsable e) {
      // Whose answers these are is not known: no item's state says that they were shaped.
      deadLetter(input, e);
    }
    counts.read();
  }

  /**
   * Whether others have taken the place of these answers, or they were shaped before. Offsets alone
   * would not tell, because an archive may be another one; nor would clocks, which are put back.
   */
  private boolean isPassedOver(ItemAnswers answers, RowsInForce before) {
    long offset = origin().offset();
    boolean isReplaced =
        offset < before.getOffset() && !answers.getFetchedAt().isAfter(before.getFetchedAt());
    return isReplaced || (isAgain(answers, before) && !deriveAgain.test(answers.getItem()));
  }

  /** Whether these are the answers that the item was shaped from last. */
  private boolean isAgain(ItemAnswers answers, RowsInForce before) {
    return origin().offset() == before.getOffset()
        && answers.getFetchedAt().equals(before.getFetchedAt());
  }

  private void shape(Record<byte[], byte[]> input, ItemAnswers answers, RowsInForce before) {
    try {
      derived(() -> shaper.shape(answers))
          .match(
              rows ->
                  derived(() -> output(input, answers, rows, before))
                      .ifPresentOrElse(this::emit, () -> note(answers, before)),
              // What it waits for comes with other answers, and the ledger keeps it due.
              waiting -> note(answers, before),
              unusable -> {
                throw new NotUsable(Reason.UNSHAPEABLE, unusable.reason());
              });
    } catch (NotUsable e) {
      deadLetter(input, e);
      note(answers, before);
    }
  }

  private static ItemAnswers decode(Record<byte[], byte[]> input) {
    try {
      if (input.key() == null || input.value() == null) {
        throw new Undecodable("A record of the archive has a key and a value");
      }
      ItemAnswers answers = ANSWERS.decode(input.value());
      if (!Arrays.equals(input.key(), answers.getItem().getKey().getBytes(UTF_8))) {
        throw new Undecodable(
            "The record's key is %s, and its item %s"
                .formatted(new String(input.key(), UTF_8), answers.getItem().getKey()));
      }
      return answers;
    } catch (Undecodable e) {
      throw new NotUsable(Reason.UNDECODABLE, String.valueOf(e.getMessage()), e);
    }
  }

  /** A part of the derivation. Nothing of an item is written before all of it is there. */
  private static <T> T derived(Supplier<T> part) {
    try {
      return part.get();
    } catch (NotUsable e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      // A pure function of this one record: it would fail again after each start, and no record
      // behind this one would ever be shaped.
      throw new NotUsable(Reason.UNSHAPEABLE, e.toString(), e);
    }
  }

  private Optional<Output> output(
      Record<byte[], byte[]> input, ItemAnswers answers, Shaped.Rows rows, RowsInForce before) {
    Optional<RowsInForce> rowsBefore = Optional.of(before).filter(known -> known.getRevision() > 0);
    RevisionCause cause = isAgain(answers, before) ? RevisionCause.RESHAPED : RevisionCause.FETCHED;
    return itemRows
        .change(answers, origin().offset(), rows, rowsBefore)
        .map(change -> output(input, answers, rows, change, cause));
  }

  private Output output(
      Record<byte[], byte[]> input,
      ItemAnswers answers,
      Shaped.Rows rows,
      ItemRows.Change change,
      RevisionCause cause) {
    String item = answers.getItem().getKey();
    List<Record<OutputKey, byte[]>> records = new ArrayList<>(change.emitted().size());
    for (GenericRecord row : change.emitted()) {
      records.add(output(input, "A row", item, rowKey.of(row), rowFormat.encode(row)));
    }
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
            cause);
    String manifestKey = dataset.resource() + "/" + item;
    return new Output(
        records,
        output(input, "The state of its rows", item, item, STATES.encode(change.inForce())),
        output(input, "Its manifest", item, manifestKey, MANIFESTS.encode(manifest)),
        change.retracted());
  }

  private static Record<OutputKey, byte[]> output(
      Record<byte[], byte[]> input, String what, String item, String key, byte[] value) {
    Record<OutputKey, byte[]> record =
        new Record<>(new OutputKey(item, key), value, input.timestamp());
    if (!RecordSize.fits(record, Topic.MAX_RECORD_BYTES)) {
      throw new NotUsable(
          Reason.TOO_LARGE,
          "%s has %,d bytes, and a record may have %,d"
              .formatted(what, value.length, Topic.MAX_RECORD_BYTES));
    }
    return record;
  }

  private void emit(Output output) {
    output.rows().forEach(row -> context.forward(row, ShapeTopology.LANDING));
    states.put(output.state().key().item(), output.state().value());
    context.forward(output.manifest(), ShapeTopology.MANIFESTS);
    counts.emitted(output.rows().size(), output.retracted());
  }

  /** That the item was shaped from these answers, and its rows are as they were. */
  private void note(ItemAnswers answers, RowsInForce before) {
    if (!isAgain(answers, before)) {
      states.put(
          answers.getItem().getKey(),
          STATES.encode(
              RowsInForce.newBuilder(before)
                  .setOffset(origin().offset())
                  .setFetchedAt(answers.getFetchedAt())
                  .build()));
    }
  }

  private Optional<RowsInForce> state(String item) {
    byte @Nullable [] stored = states.get(item);
    if (stored == null) {
      return Optional.empty();
    }
    try {
      RowsInForce state = STATES.decode(stored);
      itemRows.requireKey(state.getColumns());
      return Optional.of(state);
    } catch (Undecodable e) {
      throw new IllegalStateException(
          "The state of item %s cannot be read, and without it its rows would be emitted again: %s"
              .formatted(item, e.getMessage()),
          e);
    }
  }

  private RecordMetadata origin() {
    return context
        .recordMetadata()
        .orElseThrow(() -> new IllegalStateException("A record has a place in its topic"));
  }

  private void deadLetter(Record<byte[], byte[]> input, NotUsable failure) {
    RecordMetadata origin = origin();
    context.forward(deadLetters.of(input, origin, failure), ShapeTopology.DEAD_LETTERS);
    counts.deadLettered();
    LOG.atWarn()
        .addKeyValue("origin", DeadLetterFormat.name(origin))
        .addKeyValue("item", input.key() == null ? null : new String(input.key(), UTF_8))
        .addKeyValue("reason", failure.reason())
        .addKeyValue("detail", failure.detail())
        .log("Dead letter");
  }
}
