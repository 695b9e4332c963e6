package io.landfall.producer.source;

import io.landfall.schemas.Item;
import io.landfall.schemas.ItemAnswers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
   * @param until when the API asked to come back, if it did
   * @param settlesAfter how long it must stay the same to count as all that there will be; empty
   *     where it never does
   */
  record Missing(
      Map<String, String> reasons,
      boolean failed,
      Optional<Instant> until,
      Optional<Duration> settlesAfter) {

    /** The item is complete. */
    public static final Missing NOTHING = new Missing(Map.of(), false);

    public Missing {
      reasons = Map.copyOf(reasons);
    }

    /** What is waited for as long as it takes. */
    public Missing(Map<String, String> reasons, boolean failed) {
      this(reasons, failed, Optional.empty(), Optional.empty());
    }

    public boolean isNothing() {
      return reasons.isEmpty();
    }
  }

  /**
   * Why the latest of an endpoint is not in force.
   *
   * @param sha256 of its body, 64 hexadecimal digits; empty where nothing came of what is held
   * @param reason what it says less than the one that stays in force
   */
  record NotInForce(String sha256, String reason) {}

  /**
   * Something new to keep.
   *
   * @param answers those in force from now on, and what came and is not put in force
   * @param quality how much those in force say, by measures of the source's own
   * @param notInForce by endpoint, what came now or before and is not in force
   * @param sequel what else follows
   */
  record Fetched(
      ItemAnswers answers,
      Missing missing,
      Map<String, Integer> quality,
      Map<String, NotInForce> notInForce,
      Sequel sequel)
      implements FetchOutcome {

    public Fetched {
      quality = Map.copyOf(quality);
      notInForce = Map.copyOf(notInForce);
    }

    /** Nothing else follows. */
    public Fetched(
        ItemAnswers answers,
        Missing missing,
        Map<String, Integer> quality,
        Map<String, NotInForce> notInForce) {
      this(answers, missing, quality, notInForce, Sequel.NONE);
    }

    @Override
    public <T> T match(
        Function<Fetched, T> fetched,
        Function<Unchanged, T> unchanged,
        Function<Unavailable, T> unavailable,
        Function<Rejected, T> rejected,
        Function<NotAsked, T> notAsked,
        Function<Divided, T> divided) {
      return fetched.apply(this);
    }
  }

  /**
   * What is held stays in force, and there is nothing new to keep.
   *
   * @param quality how much that says; empty where it was not judged anew
   * @param notInForce by endpoint, what came again and is not in force
   * @param sequel what else follows
   */
  record Unchanged(
      Missing missing,
      Map<String, Integer> quality,
      Map<String, NotInForce> notInForce,
      Sequel sequel)
      implements FetchOutcome {

    public Unchanged {
      quality = Map.copyOf(quality);
      notInForce = Map.copyOf(notInForce);
    }

    /** Nothing else follows. */
    public Unchanged(
        Missing missing, Map<String, Integer> quality, Map<String, NotInForce> notInForce) {
      this(missing, quality, notInForce, Sequel.NONE);
    }

    /** The answers are those that are held. */
    public Unchanged(Missing missing) {
      this(missing, Map.of(), Map.of());
    }

    @Override
    public <T> T match(
        Function<Fetched, T> fetched,
        Function<Unchanged, T> unchanged,
        Function<Unavailable, T> unavailable,
        Function<Rejected, T> rejected,
        Function<NotAsked, T> notAsked,
        Function<Divided, T> divided) {
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
        Function<NotAsked, T> notAsked,
        Function<Divided, T> divided) {
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
        Function<NotAsked, T> notAsked,
        Function<Divided, T> divided) {
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
        Function<NotAsked, T> notAsked,
        Function<Divided, T> divided) {
      return notAsked.apply(this);
    }
  }

  /**
   * It is too much for one item: others take its place, and it is void.
   *
   * @param into these
   * @param reason why
   */
  record Divided(List<Item> into, String reason) implements FetchOutcome {
    public Divided {
      into = List.copyOf(into);
    }

    @Override
    public <T> T match(
        Function<Fetched, T> fetched,
        Function<Unchanged, T> unchanged,
        Function<Unavailable, T> unavailable,
        Function<Rejected, T> rejected,
        Function<NotAsked, T> notAsked,
        Function<Divided, T> divided) {
      return divided.apply(this);
    }
  }

  /** What else follows from it. */
  default Sequel sequel() {
    return Sequel.NONE;
  }

  /** The one of six functions that is for this outcome, applied to it. */
  <T> T match(
      Function<Fetched, T> fetched,
      Function<Unchanged, T> unchanged,
      Function<Unavailable, T> unavailable,
      Function<Rejected, T> rejected,
      Function<NotAsked, T> notAsked,
      Function<Divided, T> divided);
}
