package io.landfall.producer.fetch;

import io.landfall.producer.ledger.Entries;
import io.landfall.producer.ledger.FetchPlan.Due;
import io.landfall.producer.ledger.Status;
import io.landfall.producer.ledger.Update;
import io.landfall.producer.source.FetchOutcome;
import io.landfall.producer.source.FetchOutcome.NotInForce;
import io.landfall.schemas.AnswerNotInForce;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.LedgerEntry;
import io.landfall.schemas.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    return outcome instanceof FetchOutcome.Fetched fetched && bytes(fetched.answers()) > MOST_BYTES
        ? new Fetched(due, fitting(due.item(), fetched), at)
        : new Fetched(due, outcome, at);
  }

  private static FetchOutcome fitting(Item item, FetchOutcome.Fetched fetched) {
    ItemAnswers inForce =
        ItemAnswers.newBuilder(fetched.answers()).setNotInForce(List.of()).build();
    return bytes(inForce) > MOST_BYTES
        ? tooLarge(item, bytes(inForce))
        : new FetchOutcome.Fetched(
            inForce, fetched.missing(), fetched.quality(), fetched.notInForce());
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

  /** What is to be recorded; empty where nothing is. */
  Optional<Update> update() {
    LedgerEntry after = after();
    Optional<ItemAnswers> answers =
        outcome instanceof FetchOutcome.Fetched fetched
            ? Optional.of(fetched.answers())
            : Optional.empty();
    return answers.isEmpty() && after.equals(due.entry())
        ? Optional.empty()
        : Optional.of(new Update(answers, after));
  }

  private LedgerEntry after() {
    return Entries.after(due.entry(), outcome, at);
  }

  /** Whether the API gave what it should. */
  boolean isAnswered() {
    return outcome.match(
        fetched -> true, unchanged -> true, unavailable -> false, rejected -> false, n -> false);
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
        notAsked -> Tally.NOT_ASKED);
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
