package io.landfall.producer.nhl.stats;

import java.util.List;

/**
 * An ended game, from its play-by-play.
 *
 * @param season two years, for example 20242025
 * @param away abbreviation of the visiting team
 * @param home abbreviation of the home team
 * @param header what the answer says of the game as a whole
 * @param plays every event, in their true order
 * @param droppedGoals goals among the events that could not be placed in the game
 * @param endsKnown whether for each shot with a place it is known which goal it was at
 */
record Game(
    int id,
    int season,
    String away,
    String home,
    Header header,
    Roster roster,
    List<Play> plays,
    int droppedGoals,
    boolean endsKnown) {

  private static final int LAST_OF_REGULAR_SEASON = 4;

  String team(Side side) {
    return side == Side.HOME ? home : away;
  }

  /** The last period that was played, by plays and header; a shootout is none. */
  int lastPeriod() {
    int last = header.shootout() ? header.lastPeriod() - 1 : header.lastPeriod();
    for (Play play : plays) {
      last = Math.max(last, play.shootout() ? play.period() - 1 : play.period());
    }
    return header.regularSeason() ? Math.min(last, LAST_OF_REGULAR_SEASON) : last;
  }

  /** The same game with its plays at the strengths that something else tells. */
  Game with(List<Play> otherPlays) {
    return new Game(id, season, away, home, header, roster, otherPlays, droppedGoals, endsKnown);
  }
}
