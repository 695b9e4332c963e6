package io.landfall.producer.source;

import io.landfall.schemas.GameResponses;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What came back when one game was fetched. */
public sealed interface FetchOutcome {

  /**
   * Something new to keep.
   *
   * @param responses every usable answer
   * @param missing for each endpoint that is still missing, why; empty when the game is complete
   */
  record Fetched(GameResponses responses, Map<String, String> missing) implements FetchOutcome {
    public Fetched {
      missing = Map.copyOf(missing);
    }
  }

  /**
   * The answers are those that are held.
   *
   * @param missing for each endpoint that is still missing, why; empty when the game is complete
   */
  record Unchanged(Map<String, String> missing) implements FetchOutcome {
    public Unchanged {
      missing = Map.copyOf(missing);
    }
  }

  /**
   * The API did not serve what it should, or not what it served before; nothing is kept of that.
   *
   * @param reason which endpoint and why
   * @param until when the API asked to come back, if it did
   */
  record Unavailable(String reason, Optional<Instant> until) implements FetchOutcome {}

  /**
   * The API answered, and nothing of it is usable.
   *
   * @param reason which endpoint and why
   */
  record Rejected(String reason) implements FetchOutcome {}

  /** The one of four functions that is for this outcome, applied to it. */
  default <T> T match(
      Function<Fetched, T> fetched,
      Function<Unchanged, T> unchanged,
      Function<Unavailable, T> unavailable,
      Function<Rejected, T> rejected) {
    if (this instanceof Fetched outcome) {
      return fetched.apply(outcome);
    }
    if (this instanceof Unchanged outcome) {
      return unchanged.apply(outcome);
    }
    if (this instanceof Unavailable outcome) {
      return unavailable.apply(outcome);
    }
    return rejected.apply((Rejected) this);
  }
}
