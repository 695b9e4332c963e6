package io.landfall.producer.fetch;

import io.landfall.producer.ledger.Entries;
import io.landfall.producer.ledger.FetchPlan.Due;
import io.landfall.producer.ledger.Status;
import io.landfall.producer.ledger.Update;
import io.landfall.producer.source.FetchOutcome;
import io.landfall.producer.source.FetchOutcome.NotInForce;
import io.landfall.producer.source.Sequel;
import io.landfall.schemas.AnswerNotInForce;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.LedgerEntry;
import io.landfall.schemas.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What came back for an item that was due.
 *
 * @param at when it did
 */
record Fetched(Due due, FetchOutcome outcome, Instant at) {

  /** What a record may need beside its bodies. */
  private static final int ROOM = 64 * 1024;

  private static final int MOST_BYTES = Topic.MAX_RECORD_BYTES - ROOM;

  /**
   * Answers that fit into no record are refused as a whole; they would take others with them. What
   * is not in force is left out before.
   */
  static Fetched of(Due due, FetchOutcome outcome, Instant at) {
    return outcome instanceof FetchOutcome.Fetched fetched
            && bytes(fetched.answers()) > MOST_BYTES
            && !(fetched.sequel().inParts() && Parts.fit(fetched.answers(), MOST_BYTES))
        ? new Fetched(due, fitting(due.item(), fetched), at)
        : new Fetched(due, outcome, at);
  }

  private static FetchOutcome fitting(Item item, FetchOutcome.Fetched fetched) {
    ItemAnswers inForce =
        ItemAnswers.newBuilder(fetched.answers()).setNotInForce(List.of()).build();
    return bytes(inForce) > MOST_BYTES
        ? tooLarge(item, bytes(inForce))
        : new FetchOutcome.Fetched(
            inForce, fetched.missing(), fetched.quality(), fetched.notInForce(), fetched.sequel());
  }

  private static FetchOutcome tooLarge(Item item, long bytes) {
    return new FetchOutcome.Rejected(
        "the answers for %s are %,d bytes together, and a record of Kafka holds %,d"
            .formatted(item.getKey(), bytes, Topic.MAX_RECORD_BYTES));
  }

  private static long bytes(ItemAnswers answers) {
    return Stream.concat(
            answers.getAnswers().stream(),
            answers.getNotInForce().stream().map(AnswerNotInForce::getAnswer))
        .mapToLong(answer -> answer.getBody().remaining())
        .sum();
  }

  /**
   * What is to be recorded of it, and of the items that it names; empty where nothing is.
   *
   * @param latest what is known of an item by now, by its key
   */
  List<Update> updates(Function<String, Optional<LedgerEntry>> latest) {
    LedgerEntry after = after();
    List<ItemAnswers> answers =
        outcome instanceof FetchOutcome.Fetched fetched
            ? Parts.of(fetched.answers(), MOST_BYTES)
            : List.of();
    List<Update> updates = new ArrayList<>();
    if (!answers.isEmpty() || !after.equals(due.entry())) {
      updates.add(new Update(answers, asNamedSince(after, latest)));
    }
    for (Item item : named()) {
      Optional<LedgerEntry> before = latest.apply(item.getKey());
      LedgerEntry named = Entries.named(before, item, at);
      if (!before.equals(Optional.of(named))) {
        updates.add(Update.of(named));
      }
    }
    return updates;
  }

  /** What another look said of it since it became due is not lost: it is due again. */
  private LedgerEntry asNamedSince(
      LedgerEntry after, Function<String, Optional<LedgerEntry>> latest) {
    return latest
        .apply(due.item().getKey())
        .map(LedgerEntry::getItem)
        .filter(item -> !item.equals(due.item()))
        .map(item -> Entries.listed(after, item, at))
        .orElse(after);
  }

  private List<Item> named() {
    return outcome instanceof FetchOutcome.Divided divided
        ? divided.into()
        : outcome.sequel().named();
  }

  /** The keys of what may be due in the same run because of it. */
  Stream<String> further() {
    Stream<String> itself =
        outcome.sequel().next() instanceof Sequel.Next.AtOnce
            ? Stream.of(due.item().getKey())
            : Stream.empty();
    return Stream.concat(itself, named().stream().map(Item::getKey));
  }

  List<String> notes() {
    return outcome.sequel().notes();
  }

  private LedgerEntry after() {
    return Entries.after(due.entry(), outcome, at);
  }

  /** Whether the API gave what it should. */
  boolean isAnswered() {
    return outcome.match(
        fetched -> true,
        unchanged -> true,
        unavailable -> false,
        rejected -> false,
        notAsked -> false,
        divided -> true);
  }

  long bytes() {
    return outcome instanceof FetchOutcome.Fetched fetched ? bytes(fetched.answers()) : 0;
  }

  /** How it counts. */
  Tally tally() {
    return outcome.match(
        fetched -> counted(fetched.missing(), fetched.notInForce()).plus(Tally.CHANGED),
        unchanged -> counted(unchanged.missing(), unchanged.notInForce()),
        unavailable -> Tally.FAILED,
        rejected -> Tally.FAILED,
        notAsked -> Tally.NOT_ASKED,
        divided -> Tally.INCOMPLETE);
  }

  private Tally counted(FetchOutcome.Missing missing, Map<String, NotInForce> notInForce) {
    return counted(missing).plus(notInForce.isEmpty() ? Tally.NOTHING : Tally.NOT_IN_FORCE);
  }

  private Tally counted(FetchOutcome.Missing missing) {
    if (missing.isNothing()) {
      return Tally.COMPLETE;
    }
    if (missing.failed()) {
      return Tally.FAILED;
    }
    return Status.of(after()) instanceof Status.Settled ? Tally.SETTLED : Tally.INCOMPLETE;
  }
}
