package io.landfall.producer.ledger;

import io.landfall.schemas.LedgerEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Where fetch stands with an item, and what belongs to that state only. What is held of the item is
 * the entry's, whatever the state. Which state may follow which is said by {@link #mayBecome}, and
 * only {@link Entries} writes one.
 */
public sealed interface Status {

  /**
   * Fetches that did not end well since the item last had nothing to wait for.
   *
   * @param made how many, at least one
   * @param reason why the last of them did not
   * @param since when the first of them was
   * @param next when to try again
   */
  record Attempts(int made, String reason, Instant since, Instant next) {
    public Attempts {
      if (made < 1) {
        throw new IllegalArgumentException("Attempts that were made are at least 1: " + made);
      }
    }

    /** The same, with another time for the next. */
    Attempts next(Instant other) {
      return new Attempts(made, reason, since, other);
    }
  }

  /**
   * Listed and not fetched since, be it that there is nothing to ask for yet. What is held of one
   * that is in progress is provisional.
   */
  record Expected() implements Status {
    @Override
    public <T> T match(
        Function<Expected, T> expected,
        Function<Fetched, T> fetched,
        Function<Incomplete, T> incomplete,
        Function<Settled, T> settled,
        Function<Failed, T> failed,
        Function<Cancelled, T> cancelled) {
      return expected.apply(this);
    }
  }

  /**
   * Held complete.
   *
   * @param failing looks for corrections that failed since the last one that did not
   * @param nextLook when to look for corrections; empty where none is planned, and while they fail
   */
  record Fetched(Optional<Attempts> failing, Optional<Instant> nextLook) implements Status {
    @Override
    public <T> T match(
        Function<Expected, T> expected,
        Function<Fetched, T> fetched,
        Function<Incomplete, T> incomplete,
        Function<Settled, T> settled,
        Function<Failed, T> failed,
        Function<Cancelled, T> cancelled) {
      return fetched.apply(this);
    }
  }

  /**
   * Held in part.
   *
   * @param missing the endpoints that are still missing, as far as that is known
   */
  record Incomplete(List<String> missing, Attempts attempts) implements Status {
    public Incomplete {
      missing = List.copyOf(missing);
    }

    @Override
    public <T> T match(
        Function<Expected, T> expected,
        Function<Fetched, T> fetched,
        Function<Incomplete, T> incomplete,
        Function<Settled, T> settled,
        Function<Failed, T> failed,
        Function<Cancelled, T> cancelled) {
      return incomplete.apply(this);
    }
  }

  /**
   * Not complete, and the same for so long that it counts as all that there will be.
   *
   * @param missing the endpoints that are missing
   * @param remark what is missing, and why
   * @param failing looks for corrections that failed since the last one that did not
   * @param nextLook when to look for corrections; empty where none is planned, and while they fail
   */
  record Settled(
      List<String> missing, String remark, Optional<Attempts> failing, Optional<Instant> nextLook)
      implements Status {
    public Settled {
      missing = List.copyOf(missing);
    }

    @Override
    public <T> T match(
        Function<Expected, T> expected,
        Function<Fetched, T> fetched,
        Function<Incomplete, T> incomplete,
        Function<Settled, T> settled,
        Function<Failed, T> failed,
        Function<Cancelled, T> cancelled) {
      return settled.apply(this);
    }
  }

  /** Nothing is held, because nothing usable came. */
  record Failed(Attempts attempts) implements Status {
    @Override
    public <T> T match(
        Function<Expected, T> expected,
        Function<Fetched, T> fetched,
        Function<Incomplete, T> incomplete,
        Function<Settled, T> settled,
        Function<Failed, T> failed,
        Function<Cancelled, T> cancelled) {
      return failed.apply(this);
    }
  }

  /**
   * There is nothing to ask for: cancelled, or its days are long over and it has not begun.
   *
   * @param remark why, where the source did not say so
   */
  record Cancelled(Optional<String> remark) implements Status {
    @Override
    public <T> T match(
        Function<Expected, T> expected,
        Function<Fetched, T> fetched,
        Function<Incomplete, T> incomplete,
        Function<Settled, T> settled,
        Function<Failed, T> failed,
        Function<Cancelled, T> cancelled) {
      return cancelled.apply(this);
    }
  }

  /** The one of six functions that is for this state, applied to it. */
  <T> T match(
      Function<Expected, T> expected,
      Function<Fetched, T> fetched,
      Function<Incomplete, T> incomplete,
      Function<Settled, T> settled,
      Function<Failed, T> failed,
      Function<Cancelled, T> cancelled);

  /** That of an entry. */
  static Status of(LedgerEntry entry) {
    return StatusFormat.read(entry);
  }

  /** Fetches that did not end well, where one that does is still waited for. */
  default Optional<Attempts> waiting() {
    return match(
        expected -> Optional.empty(),
        Fetched::failing,
        incomplete -> Optional.of(incomplete.attempts()),
        Settled::failing,
        failed -> Optional.of(failed.attempts()),
        cancelled -> Optional.empty());
  }

  /** What there is to say of it: why it is waited for, or what of it there will never be. */
  default List<String> remarks() {
    Stream<String> settled = this instanceof Settled one ? Stream.of(one.remark()) : Stream.empty();
    Stream<String> never = this instanceof Cancelled one ? one.remark().stream() : Stream.empty();
    return Stream.of(settled, never, waiting().stream().map(Attempts::reason))
        .flatMap(remarks -> remarks)
        .toList();
  }

  /**
   * Whether an item may come from this state into another. What was fetched is never expected again
   * as if it were new, what is held never counts as failed, and what is void is fetched only once
   * it is expected again.
   */
  default boolean mayBecome(Status next) {
    return match(
        expected -> next.match(e -> true, f -> true, i -> true, s -> true, f -> true, c -> true),
        fetched -> next.match(e -> false, f -> true, i -> true, s -> true, f -> false, c -> true),
        incomplete ->
            next.match(e -> false, f -> true, i -> true, s -> true, f -> false, c -> true),
        settled -> next.match(e -> false, f -> true, i -> true, s -> true, f -> false, c -> true),
        failed -> next.match(e -> false, f -> true, i -> true, s -> true, f -> true, c -> true),
        cancelled ->
            next.match(e -> true, f -> false, i -> false, s -> false, f -> false, c -> true));
  }
}
