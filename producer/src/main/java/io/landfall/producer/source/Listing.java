package io.landfall.producer.source;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/**
 * What an API lists.
 *
 * @param games in the order of their dates
 * @param days those of which the API has told all games, if any
 * @param problems for each part that could not be listed, which and why; empty when all was
 */
public record Listing(List<Game> games, Set<LocalDate> days, List<String> problems) {
  public Listing {
    games = List.copyOf(games);
    days = Set.copyOf(days);
    problems = List.copyOf(problems);
  }
}
