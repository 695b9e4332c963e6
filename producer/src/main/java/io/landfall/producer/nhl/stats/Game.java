package io.landfall.producer.nhl.stats;

import java.util.List;

/**
 * An ended game, from its play-by-play.
 *
 * @param season two years, for example 20242025
 * @param away abbreviation of the visiting team
 * @param home abbreviation of the home team
 * @param plays every event, in their true order
 */
record Game(int id, int season, String away, String home, Roster roster, List<Play> plays) {

  String team(Side side) {
    return side == Side.HOME ? home : away;
  }
}
