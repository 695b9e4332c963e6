package io.landfall.producer.rest;

import io.landfall.schemas.LedgerEntry;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How far an item that is never done has come.
 *
 * @param since the cursor that its next look begins at, as it is kept
 * @param through up to when everything is known to have been seen, if a look was whole
 */
public record Reached(String since, Optional<Instant> through) {

  /** That of an item; empty where it has no position. */
  public static Optional<Reached> of(LedgerEntry entry) {
    Map<String, String> position = entry.getPosition();
    return Optional.ofNullable(position.get(ChangesLook.SINCE))
        .map(
            since ->
                new Reached(
                    since,
                    Optional.ofNullable(position.get(ChangesLook.THROUGH)).map(Instant::parse)));
  }

  /**
   * Until when it has to be read on, since the API forgets what changed before.
   *
   * @param forgetsAfter how long the API serves it
   */
  public Optional<Instant> deadline(Duration forgetsAfter) {
    return known().map(time -> time.plus(forgetsAfter));
  }

  /** Up to when everything was seen: a position may be old because nothing changes. */
  private Optional<Instant> known() {
    Optional<Instant> position = time(since);
    return through.filter(one -> position.filter(one::isBefore).isEmpty()).or(() -> position);
  }

  private static Optional<Instant> time(String kept) {
    try {
      return Optional.of(Instant.parse(kept));
    } catch (DateTimeException e) {
      return Optional.empty(); // It is a number that grows.
    }
  }
}
