package io.landfall.producer.source;

import java.util.List;

/**
 * What an API lists.
 *
 * @param games in the order of their dates
 * @param problems for each part that could not be listed, which and why; empty when all was
 */
public record Listing(List<Game> games, List<String> problems) {
  public Listing {
    games = List.copyOf(games);
    problems = List.copyOf(problems);
  }
}
