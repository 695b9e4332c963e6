package io.landfall.producer.fetch;

import io.landfall.producer.ledger.FetchPlan;
import java.util.List;
import java.util.Map;

/**
 * What a run came to.
 *
 * @param due how many games were due, by reason
 * @param complete games that are held complete now
 * @param incomplete games of which something is still missing
 * @param failed games for which nothing usable came this time
 * @param changed games with new answers
 * @param listingProblems for each part of the schedule that could not be listed, why
 */
public record FetchReport(
    Map<FetchPlan.Reason, Long> due,
    int complete,
    int incomplete,
    int failed,
    int changed,
    List<String> listingProblems) {

  public FetchReport {
    due = Map.copyOf(due);
    listingProblems = List.copyOf(listingProblems);
  }

  /** How many games were due. */
  public long dueGames() {
    return due.values().stream().mapToLong(Long::longValue).sum();
  }
}
