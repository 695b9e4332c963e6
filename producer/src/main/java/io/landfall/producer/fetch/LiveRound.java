package io.landfall.producer.fetch;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one round over what is in progress came to.
 *
 * @param inProgress the keys of what still is
 * @param ended the keys of what was until now and was asked for as what has ended
 * @param undone of these, those that failed or were not asked for
 * @param listingProblems for each part that could not be listed, why
 * @param unreachable why the API counts as unreachable; empty if it does not
 */
record LiveRound(
    Set<String> inProgress,
    Set<String> ended,
    Set<String> undone,
    List<String> listingProblems,
    Optional<String> unreachable) {

  LiveRound {
    inProgress = Set.copyOf(inProgress);
    ended = Set.copyOf(ended);
    undone = Set.copyOf(undone);
    listingProblems = List.copyOf(listingProblems);
  }
}
