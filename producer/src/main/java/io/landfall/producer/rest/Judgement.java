package io.landfall.producer.rest;

import io.landfall.producer.definition.Reading.Absence;
import io.landfall.producer.source.FetchOutcome.NotInForce;
import io.landfall.producer.source.Held;
import io.landfall.schemas.Refusal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a look that has all that there is may take back what it does not have any more. Worse
 * never replaces better: one that would take back too much waits until a look of another day would
 * take back the same, or somebody accepts it.
 *
 * @param rows how many records the look has
 * @param gone how many it does not have any more
 * @param refusal why it is not in force; empty where it is
 */
record Judgement(int rows, int gone, Optional<NotInForce> refusal) {

  /** Under which name the ledger keeps what was refused. */
  static final String RECORDS = "records";

  /** Under which name the ledger keeps how many records are in force. */
  static final String ROWS = "rows";

  private static final int PERCENT = 100;

  /**
   * Compares.
   *
   * @param before the names of the records in force, as far as the archive has them
   * @param isBeforeAll whether that are all of them; otherwise the ledger knows how many there were
   */
  static Judgement of(
      Set<String> before,
      boolean isBeforeAll,
      Set<String> now,
      Absence absence,
      Held held,
      boolean isAccepted,
      Instant at,
      ZoneId zone) {
    Set<String> gone = new HashSet<>(before);
    gone.removeAll(now);
    int known = Math.max(before.size(), isBeforeAll ? 0 : held.quality().getOrDefault(ROWS, 0));
    int lost = Math.max(gone.size(), isBeforeAll ? 0 : known - now.size());
    boolean isTooMuch =
        lost > Math.max((long) known * absence.atMostPercent() / PERCENT, absence.atMostRows());
    if (!absence.retracts() || !isTooMuch || isAccepted) {
      return new Judgement(now.size(), lost, Optional.empty());
    }
    String sha256 = Came.sha256(gone);
    Refusal earlier = held.notInForce().get(RECORDS);
    if (earlier != null
        && earlier.getSha256().equals(sha256)
        && LocalDate.ofInstant(earlier.getSince(), zone).isBefore(LocalDate.ofInstant(at, zone))) {
      return new Judgement(now.size(), lost, Optional.empty());
    }
    return new Judgement(
        now.size(),
        lost,
        Optional.of(
            new NotInForce(sha256, "would take back %,d of %,d rows".formatted(lost, known))));
  }
}
