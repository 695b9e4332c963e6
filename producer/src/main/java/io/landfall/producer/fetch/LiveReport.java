package io.landfall.producer.fetch;

import java.util.List;
import java.util.Optional;

/**
 * What following items in progress came to.
 *
 * @param rounds how often they were asked for
 * @param items how many there were
 * @param ended how many of them have ended and were asked for once more
 * @param undone how many of these failed at that, or were not asked for
 * @param listingProblems what could not be listed in the last round, and why
 * @param unreachable why the API counted as unreachable in the end; empty if it did not
 */
public record LiveReport(
    int rounds,
    int items,
    int ended,
    int undone,
    List<String> listingProblems,
    Optional<String> unreachable) {

  public LiveReport {
    listingProblems = List.copyOf(listingProblems);
  }

  /** Whether whatever has ended is held as that, and the source told what has. */
  public boolean isDone() {
    return undone == 0 && listingProblems.isEmpty() && unreachable.isEmpty();
  }
}
