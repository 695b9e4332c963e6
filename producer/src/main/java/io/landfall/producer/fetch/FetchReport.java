package io.landfall.producer.fetch;

import io.landfall.producer.ledger.FetchPlan;
import io.landfall.schemas.ListedDays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run came to.
 *
 * @param due how many items were due, by reason
 * @param tally how they ended
 * @param listingProblems for each part that could not be listed, why
 * @param notes what is odd about what was listed, or is no longer listed
 * @param unreachable why the API counts as unreachable; empty if it does not
 * @param days the days that are listed now
 * @param isFirst whether no run had listed anything before
 */
public record FetchReport(
    Map<FetchPlan.Reason, Long> due,
    Tally tally,
    List<String> listingProblems,
    List<String> notes,
    Optional<String> unreachable,
    ListedDays days,
    boolean isFirst) {

  public FetchReport {
    due = Map.copyOf(due);
    listingProblems = List.copyOf(listingProblems);
    notes = List.copyOf(notes);
  }

  /** How many items were due. */
  public long dueItems() {
    return due.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Whether all that was due was done; what only waits for the API to have more is. */
  public boolean isDone() {
    return tally.isDone() && listingProblems.isEmpty() && unreachable.isEmpty();
  }
}
