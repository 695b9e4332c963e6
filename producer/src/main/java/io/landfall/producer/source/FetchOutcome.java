package io.landfall.producer.source;

import io.landfall.schemas.ItemAnswers;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What came back when one item was fetched. */
public sealed interface FetchOutcome {

  /**
   * What is still missing of an item.
   *
   * @param reasons for each endpoint that is missing or partial, why; empty when the item is
   *     complete
   * @param failed whether an answer failed that might have completed it; otherwise the API has said
   *     all that there is, and waiting is all that can be done
   */
  record Missing(Map<String, String> reasons, boolean failed) {

    /** The item is complete. */
    public static final Missing NOTHING = new Missing(Map.of(), false);

    public Missing {
      reasons = Map.copyOf(reasons);
    }

    public boolean isNothing() {
      return reasons.isEmpty();
    }
  }

  /**
   * Something new to keep.
   *
   * @param answers every usable answer
   */
  record Fetched(ItemAnswers answers, Missing missing) implements FetchOutcome {
    @Override
    public <T> T match(
        Function<Fetched, T> fetched,
        Function<Unchanged, T> unchanged,
        Function<Unavailable, T> unavailable,
        Function<Rejected, T> rejected,
        Function<NotAsked, T> notAsked) {
      return fetched.apply(this);
    }
  }

  /** The answers are those that are held. */
  record Unchanged(Missing missing) implements FetchOutcome {
    @Override
    public <T> T match(
        Function<Fetched, T> fetched,
        Function<Unchanged, T> unchanged,
        Function<Unavailable, T> unavailable,
        Function<Rejected, T> rejected,
        Function<NotAsked, T> notAsked) {
      return unchanged.apply(this);
    }
  }

  /**
   * The API did not serve what it should, or not what it served before; nothing is kept of that.
   *
   * @param reason which endpoint and why
   * @param until when the API asked to come back, if it did
   */
  record Unavailable(String reason, Optional<Instant> until) implements FetchOutcome {
    @Override
    public <T> T match(
        Function<Fetched, T> fetched,
        Function<Unchanged, T> unchanged,
        Function<Unavailable, T> unavailable,
        Function<Rejected, T> rejected,
        Function<NotAsked, T> notAsked) {
      return unavailable.apply(this);
    }
  }

  /**
   * The API answered, and nothing of it is usable.
   *
   * @param reason which endpoint and why
   */
  record Rejected(String reason) implements FetchOutcome {
    @Override
    public <T> T match(
        Function<Fetched, T> fetched,
        Function<Unchanged, T> unchanged,
        Function<Unavailable, T> unavailable,
        Function<Rejected, T> rejected,
        Function<NotAsked, T> notAsked) {
      return rejected.apply(this);
    }
  }

  /**
   * No request was sent, because others had failed: nothing is known of the item that was not known
   * before.
   *
   * @param reason what stood in the way
   */
  record NotAsked(String reason) implements FetchOutcome {
    @Override
    public <T> T match(
        Function<Fetched, T> fetched,
        Function<Unchanged, T> unchanged,
        Function<Unavailable, T> unavailable,
        Function<Rejected, T> rejected,
        Function<NotAsked, T> notAsked) {
      return notAsked.apply(this);
    }
  }

  /** The one of five functions that is for this outcome, applied to it. */
  <T> T match(
      Function<Fetched, T> fetched,
      Function<Unchanged, T> unchanged,
      Function<Unavailable, T> unavailable,
      Function<Rejected, T> rejected,
      Function<NotAsked, T> notAsked);
}
