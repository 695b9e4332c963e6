package io.landfall.producer.shape;

import io.landfall.producer.shape.NotUsable.Reason;
import io.landfall.producer.source.Shaped;
import io.landfall.producer.source.Shaper;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.Manifest;
import io.landfall.schemas.RevisionCause;
import io.landfall.schemas.RowFormat;
import io.landfall.schemas.RowKey;
import io.landfall.schemas.RowsInForce;
import io.landfall.schemas.SingleObjectFormat;
import io.landfall.schemas.Topic;
import java.time.Clock;
import java.util.ArrayList;
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

/**
 * Shapes one item after the other; everything it forwards is committed with its state.
 *
 * <p>The state knows the answers that an item was shaped from last. What stands before them in the
 * archive is superseded and never shaped again, so the archive may be read again from any offset,
 * for whatever reason, and be replaced by a copy of it with offsets of its own. The same answers
 * are derived again only where that is asked for.
 */
final class ShapeProcessor implements Processor<byte[], byte[], OutputKey, byte[]> {

  private static final SingleObjectFormat<RowsInForce> STATES = States.FORMAT;
  private static final SingleObjectFormat<Manifest> MANIFESTS =
      SingleObjectFormat.of(Manifest.class);

  private final Dataset dataset;
  private final String archive;
  private final Shaper shaper;
  private final Predicate<Item> deriveAgain;
  private final ShapeCounts counts;
  private final Clock clock;
  private final RowFormat rowFormat;
  private final RowKey rowKey;
  private final ItemRows itemRows;

  @SuppressWarnings("NullAway.Init") // init is Kafka Streams' constructor
  private ProcessorContext<OutputKey, byte[]> context;

  @SuppressWarnings("NullAway.Init")
  private KeyValueStore<String, byte[]> states;

  @SuppressWarnings("NullAway.Init")
  private UndecodableRecords undecodable;

  @SuppressWarnings("NullAway.Init")
  private LetterSender letters;

  /**
   * @param archive the id of the topic that is read
   * @param deriveAgain of which items answers are derived again that were shaped before
   */
  ShapeProcessor(
      Dataset dataset,
      String archive,
      Shaper shaper,
      Predicate<Item> deriveAgain,
      ShapeCounts counts,
      Clock clock) {
    this.dataset = dataset;
    this.archive = archive;
    this.shaper = shaper;
    this.deriveAgain = deriveAgain;
    this.counts = counts;
    this.clock = clock;
    this.rowFormat = new RowFormat(dataset);
    this.rowKey = new RowKey(dataset);
    this.itemRows = new ItemRows(dataset, shaper.version());
  }

  @Override
  public void init(ProcessorContext<OutputKey, byte[]> newContext) {
    context = newContext;
    states = newContext.getStateStore(ShapeTopology.STATE_STORE);
    undecodable = new UndecodableRecords(archive, states);
    letters = new LetterSender(newContext, counts, clock);
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
    ItemAnswers answers;
    try {
      answers = ArchivedAnswers.decode(input);
    } catch (NotUsable e) {
      undecodable(input, e);
      return;
    }
    RowsInForce before = state(answers.getItem().getKey());
    if (isReplaced(answers, before)) {
      counts.skippedOne();
    } else if (isAgain(answers, before) && !deriveAgain.test(answers.getItem())) {
      note(answers, before);
      counts.skippedOne();
    } else {
      shape(input, answers, before);
      counts.read();
    }
  }

  private void undecodable(Record<byte[], byte[]> input, NotUsable failure) {
    if (undecodable.isKnown(input, origin().offset())) {
      counts.skippedOne();
      return;
    }
    letters.send(input, origin(), failure);
    counts.read();
  }

  /**
   * Whether others have taken the place of these answers. In one archive the offset says what came
   * later, also where a clock was put back; in another one, such as a copy that was restored, only
   * the time does.
   */
  private boolean isReplaced(ItemAnswers answers, RowsInForce before) {
    return isOfAnother(before)
        ? answers.getFetchedAt().isBefore(before.getFetchedAt())
        : origin().offset() < before.getOffset()
            && !answers.getFetchedAt().isAfter(before.getFetchedAt());
  }

  /** Whether these are the answers that the item was shaped from last. */
  private boolean isAgain(ItemAnswers answers, RowsInForce before) {
    return answers.getFetchedAt().equals(before.getFetchedAt())
        && (isOfAnother(before) || origin().offset() == before.getOffset());
  }

  /** Whether a state was made from another archive than this one; of the first there is none. */
  private boolean isOfAnother(RowsInForce state) {
    return state.getOffset() >= 0 && !States.isOf(archive, state);
  }

  private void shape(Record<byte[], byte[]> input, ItemAnswers answers, RowsInForce before) {
    try {
      ArchivedAnswers.derived(() -> shaper.shape(answers))
          .match(
              rows ->
                  ArchivedAnswers.derived(() -> output(input, answers, rows, before))
                      .ifPresentOrElse(this::emit, () -> note(answers, before)),
              // What it waits for comes with other answers, and the ledger keeps it due.
              waiting -> note(answers, before),
              unusable -> {
                throw new NotUsable(Reason.UNSHAPEABLE, unusable.reason());
              });
    } catch (NotUsable e) {
      letters.send(input, origin(), e);
      count(input, answers, before);
    }
  }

  private Optional<Output> output(
      Record<byte[], byte[]> input, ItemAnswers answers, Shaped.Rows rows, RowsInForce before) {
    RevisionCause cause = isAgain(answers, before) ? RevisionCause.RESHAPED : RevisionCause.FETCHED;
    return itemRows
        .change(answers, rows, before, new ItemRows.Place(archive, origin().offset()))
        .map(change -> output(input, answers, change, cause));
  }

  private Output output(
      Record<byte[], byte[]> input,
      ItemAnswers answers,
      ItemRows.Change change,
      RevisionCause cause) {
    String item = answers.getItem().getKey();
    List<Record<OutputKey, byte[]>> records = new ArrayList<>(change.emitted().size());
    for (GenericRecord row : change.emitted()) {
      records.add(output(input, "A row", item, rowKey.of(row), rowFormat.encode(row)));
    }
    return new Output(
        records,
        output(input, "The state of its rows", item, item, STATES.encode(change.inForce())),
        manifest(
            input, answers, change.inForce(), cause, change.emitted().size(), change.retracted()),
        change.retracted());
  }

  private Record<OutputKey, byte[]> manifest(
      Record<byte[], byte[]> input,
      ItemAnswers answers,
      RowsInForce inForce,
      RevisionCause cause,
      int emitted,
      int retracted) {
    String item = answers.getItem().getKey();
    Manifest manifest =
        new Manifest(
            dataset.resource(),
            item,
            inForce.getRevision(),
            emitted,
            retracted,
            inForce.getRows().size(),
            ItemRows.hash(inForce.getRows()),
            inForce.getCoverage(),
            shaper.version(),
            answers.getFetchedAt(),
            cause,
            inForce.getDeadLetters());
    return output(
        input, "Its manifest", item, dataset.resource() + "/" + item, MANIFESTS.encode(manifest));
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
    if (!isAgain(answers, before) || isOfAnother(before)) {
      states.put(answers.getItem().getKey(), STATES.encode(shapedFrom(answers, before).build()));
    }
  }

  /** The same, and that there is a dead letter for them. */
  private void count(Record<byte[], byte[]> input, ItemAnswers answers, RowsInForce before) {
    RowsInForce counted =
        shapedFrom(answers, before).setDeadLetters(before.getDeadLetters() + 1).build();
    states.put(answers.getItem().getKey(), STATES.encode(counted));
    context.forward(
        manifest(input, answers, counted, RevisionCause.DEAD_LETTER, 0, 0),
        ShapeTopology.MANIFESTS);
  }

  private RowsInForce.Builder shapedFrom(ItemAnswers answers, RowsInForce before) {
    return RowsInForce.newBuilder(before)
        .setArchive(archive)
        .setOffset(origin().offset())
        .setFetchedAt(answers.getFetchedAt());
  }

  private RowsInForce state(String item) {
    RowsInForce state = stored(item);
    itemRows.requireKey(state.getColumns());
    return state;
  }

  private RowsInForce stored(String key) {
    byte @Nullable [] stored = states.get(key);
    return stored == null ? ItemRows.NOTHING_YET : States.decode(key, stored);
  }

  private RecordMetadata origin() {
    return context
        .recordMetadata()
        .orElseThrow(() -> new IllegalStateException("A record has a place in its topic"));
  }
}
