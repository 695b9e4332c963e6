package io.landfall.producer.overview;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What the consumer says of the bronze table. */
public sealed interface Bronze {

  /** The one of three functions that is for this case, applied to it. */
  <T> T match(
      Function<NotAsked, T> notAsked, Function<Unanswered, T> unanswered, Function<Told, T> told);

  /**
   * Nobody asked it.
   *
   * @param why and how to ask it
   */
  record NotAsked(String why) implements Bronze {
    @Override
    public <T> T match(
        Function<NotAsked, T> notAsked,
        Function<Unanswered, T> unanswered,
        Function<Told, T> told) {
      return notAsked.apply(this);
    }
  }

  /**
   * It was asked, and gave no answer.
   *
   * @param message what it said instead
   */
  record Unanswered(Instant at, String message) implements Bronze {
    @Override
    public <T> T match(
        Function<NotAsked, T> notAsked,
        Function<Unanswered, T> unanswered,
        Function<Told, T> told) {
      return unanswered.apply(this);
    }
  }

  /**
   * What it told.
   *
   * @param version the table's
   * @param quarantined all records that were ever set aside
   * @param openInQuarantine those that nobody has dealt with, by why they were set aside
   * @param position where the table stands, by partition; empty where a run would refuse it
   * @param refusal why a run would not go on
   */
  record Told(
      Instant at,
      String location,
      long version,
      long rows,
      long quarantined,
      Map<String, Long> openInQuarantine,
      Map<Integer, Long> position,
      Optional<Refused> refusal)
      implements Bronze {
    public Told {
      openInQuarantine = Map.copyOf(openInQuarantine);
      position = Map.copyOf(position);
    }

    @Override
    public <T> T match(
        Function<NotAsked, T> notAsked,
        Function<Unanswered, T> unanswered,
        Function<Told, T> told) {
      return told.apply(this);
    }
  }

  /**
   * Why a run would not go on.
   *
   * @param reason in one word, if it has one
   */
  record Refused(Optional<String> reason, String message) {}

  /** What it told, if it was asked and answered. */
  default Optional<Told> told() {
    return match(notAsked -> Optional.empty(), unanswered -> Optional.empty(), Optional::of);
  }
}
