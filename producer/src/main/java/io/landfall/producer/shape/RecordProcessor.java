package io.landfall.producer.shape;

import io.landfall.producer.shape.NotUsable.Reason;
import io.landfall.producer.shape.RecordChanges.Mode;
import io.landfall.producer.source.RecordShaper;
import io.landfall.producer.source.ShapedRecords;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.Manifest;
import io.landfall.schemas.RecordsOfItem;
import io.landfall.schemas.RevisionCause;
import io.landfall.schemas.SingleObjectFormat;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shapes one look after the other into rows that are each for themselves; everything it forwards is
 * committed with its state.
 *
 * <p>The state knows the answers that an item was shaped from last. What does not come after them
 * is never shaped again, so the archive may be read again from any offset, and be replaced by a
 * copy of it with offsets of its own. Where it is asked for, a look is derived again: of its rows
 * those count that are in force by it.
 */
final class RecordProcessor implements Processor<byte[], byte[], OutputKey, byte[]> {

  private static final Logger LOG = LoggerFactory.getLogger(RecordProcessor.class);

  private static final SingleObjectFormat<Manifest> MANIFESTS =
      SingleObjectFormat.of(Manifest.class);

  /** Of what could not be used of one record of the archive; the letter counts all. */
  private static final int MOST_TOLD = 10;

  private final Dataset dataset;
  private final String archive;
  private final RecordShaper shaper;
  private final Predicate<Item> deriveAgain;
  private final ShapeCounts counts;
  private final Clock clock;
  private final RecordChanges changes;

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
  RecordProcessor(
      Dataset dataset,
      String archive,
      RecordShaper shaper,
      Predicate<Item> deriveAgain,
      ShapeCounts counts,
      Clock clock) {
    this.dataset = dataset;
    this.archive = archive;
    this.shaper = shaper;
    this.deriveAgain = deriveAgain;
    this.counts = counts;
    this.clock = clock;
    this.changes = new RecordChanges(dataset, shaper.version(), shaper.skipsOlder());
  }

  @Override
  public void init(ProcessorContext<OutputKey, byte[]> newContext) {
    context = newContext;
    states = newContext.getStateStore(ShapeTopology.STATE_STORE);
    undecodable = new UndecodableRecords(archive, states);
    letters = new LetterSender(newContext, counts, clock);
  }

  @Override
  public void process(Record<byte[], byte[]> input) {
    ItemAnswers answers;
    try {
      answers = ArchivedAnswers.decode(input);
    } catch (NotUsable e) {
      undecodable(input, e);
      return;
    }
    if (!shaper.concerns(answers.getItem())) {
      return;
    }
    RecordsOfItem before = new RecordStates(states).item(answers.getItem().getKey());
    if (!isPast(answers, before)) {
      shape(input, answers, before, Mode.NEW);
      counts.read();
    } else if (deriveAgain.test(answers.getItem())) {
      shape(input, answers, before, Mode.AGAIN);
      counts.read();
    } else {
      counts.skippedOne();
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
   * Whether these answers were shaped before, or others have taken their place. In one archive the
   * offset says so; in another one, such as a copy that was restored, only the time does.
   */
  private boolean isPast(ItemAnswers answers, RecordsOfItem before) {
    if (before.getOffset() < 0) {
      return false;
    }
    if (before.getArchive().equals(archive)) {
      return origin().offset() <= before.getOffset();
    }
    int byTime = answers.getFetchedAt().compareTo(before.getFetchedAt());
    return byTime < 0 || (byTime == 0 && answers.getPart() <= before.getPart());
  }

  private void shape(
      Record<byte[], byte[]> input, ItemAnswers answers, RecordsOfItem before, Mode mode) {
    Look look = Look.of(answers);
    Set<String> answersFor = shaper.answersFor(answers.getItem());
    List<String> problems = new ArrayList<>();
    RecordStates after = new RecordStates(states);
    RecordChanges.OfLook ofLook = changes.new OfLook(after, answers, mode, !answersFor.isEmpty());
    boolean whole = false;
    Reason reason = Reason.UNSHAPEABLE;
    try {
      ShapedRecords shaped = ArchivedAnswers.derived(() -> shaper.shape(answers));
      problems.addAll(shaped.problems());
      int doubles = ofLook.apply(shaped.rows());
      whole = look.complete() && problems.isEmpty() && isBehind(before, look);
      if (mode == Mode.NEW && whole && look.isLastPart()) {
        ofLook.absent(answersFor);
      }
      note(answers, doubles, ofLook.stale());
    } catch (NotUsable e) {
      problems.add(e.detail());
      reason = e.reason();
      after = new RecordStates(states);
      ofLook = changes.new OfLook(after, answers, mode, false);
      whole = false;
    }
    write(input, answers, before, mode, whole, reason, problems, after, ofLook);
  }

  /** Whether all parts of the look that come before this one could be used. */
  private static boolean isBehind(RecordsOfItem before, Look look) {
    return look.part() == 1
        || (before.getAskedAt().equals(look.askedAt())
            && before.getPart() == look.part() - 1
            && before.getWhole());
  }

  private static void note(ItemAnswers answers, int doubles, int stale) {
    if (doubles > 0) {
      LOG.atWarn()
          .addKeyValue("item", answers.getItem().getKey())
          .addKeyValue("records", doubles)
          .log("More than one record of a key in one look: the last one counts, or the newest");
    }
    if (stale > 0) {
      LOG.atInfo()
          .addKeyValue("item", answers.getItem().getKey())
          .addKeyValue("records", stale)
          .log("Passed over: a look that was asked for later has had them");
    }
  }

  private void write(
      Record<byte[], byte[]> input,
      ItemAnswers answers,
      RecordsOfItem before,
      Mode mode,
      boolean whole,
      Reason reason,
      List<String> problems,
      RecordStates after,
      RecordChanges.OfLook ofLook) {
    List<RecordChanges.Emitted> rows = ofLook.emitted();
    String item = answers.getItem().getKey();
    boolean isLetter =
        !problems.isEmpty() && (mode == Mode.NEW || origin().offset() == before.getOffset());
    for (RecordChanges.Emitted row : rows) {
      context.forward(
          new Record<>(new OutputKey(item, row.key()), row.row().get(), input.timestamp()),
          ShapeTopology.LANDING);
    }
    RecordStates.Tally own = after.tally(item);
    after.write();
    for (Map.Entry<String, RecordStates.Tally> touched : after.tallies().entrySet()) {
      boolean isOwn = touched.getValue() == own;
      RecordsOfItem now = touched.getValue().now();
      if (isOwn) {
        now = own(now, answers, mode, whole, isLetter);
      }
      if (isOwn || touched.getValue().isChanged()) {
        after.write(touched.getKey(), now);
      }
      if (touched.getValue().isChanged() || (isOwn && (isLetter || !rows.isEmpty()))) {
        context.forward(
            manifest(
                input,
                answers,
                touched.getKey(),
                now,
                cause(mode, isLetter && rows.isEmpty()),
                isOwn ? rows.size() : 0,
                isOwn ? ofLook.retracted() : 0),
            ShapeTopology.MANIFESTS);
      }
    }
    if (isLetter) {
      letters.send(input, origin(), new NotUsable(reason, told(problems)));
    }
    if (!rows.isEmpty()) {
      counts.emitted(rows.size(), ofLook.retracted());
    }
  }

  private RecordsOfItem own(
      RecordsOfItem now, ItemAnswers answers, Mode mode, boolean whole, boolean isLetter) {
    RecordsOfItem.Builder own =
        RecordsOfItem.newBuilder(now).setDeadLetters(now.getDeadLetters() + (isLetter ? 1 : 0));
    if (mode == Mode.NEW) {
      Look look = Look.of(answers);
      own.setArchive(archive)
          .setOffset(origin().offset())
          .setFetchedAt(answers.getFetchedAt())
          .setAskedAt(look.askedAt())
          .setPart(look.part())
          .setWhole(whole);
    }
    return own.build();
  }

  private static RevisionCause cause(Mode mode, boolean onlyLetter) {
    if (onlyLetter) {
      return RevisionCause.DEAD_LETTER;
    }
    return mode == Mode.AGAIN ? RevisionCause.RESHAPED : RevisionCause.FETCHED;
  }

  private static String told(List<String> problems) {
    return problems.size() <= MOST_TOLD
        ? String.join("; ", problems)
        : "%s; and %,d more"
            .formatted(
                String.join("; ", problems.subList(0, MOST_TOLD)), problems.size() - MOST_TOLD);
  }

  private Record<OutputKey, byte[]> manifest(
      Record<byte[], byte[]> input,
      ItemAnswers answers,
      String item,
      RecordsOfItem now,
      RevisionCause cause,
      int emitted,
      int retracted) {
    Manifest manifest =
        new Manifest(
            dataset.resource(),
            item,
            now.getRevision(),
            emitted,
            retracted,
            now.getRows(),
            now.getSum(),
            now.getWhole() ? "complete" : "in part",
            shaper.version(),
            answers.getFetchedAt(),
            cause,
            now.getDeadLetters());
    return new Record<>(
        new OutputKey(item, dataset.resource() + "/" + item),
        MANIFESTS.encode(manifest),
        input.timestamp());
  }

  private RecordMetadata origin() {
    return context
        .recordMetadata()
        .orElseThrow(() -> new IllegalStateException("A record has a place in its topic"));
  }
}
