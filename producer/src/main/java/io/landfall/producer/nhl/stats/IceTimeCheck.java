package io.landfall.producer.nhl.stats;

import java.util.Optional;
import java.util.OptionalInt;

/** Tells whether shifts are all the shifts of a game. */
final class IceTimeCheck {

  /** Share of the plays, one in so many, at which shifts may contradict the situation code. */
  private static final int PLAYS_PER_CONTRADICTION = 100;

  private IceTimeCheck() {}

  /**
   * What the box score says against the shifts: each player's seconds, a goalie's too, must be the
   * box score's time on ice. Empty if they are.
   */
  static Optional<String> disagreement(IceTime iceTime, Roster roster, BoxScore boxScore) {
    int skaters = 0;
    int goalies = 0;
    for (Player player : roster.players()) {
      OptionalInt official = boxScore.seconds(player.index());
      int counted = iceTime.seconds(player.index(), Situation.ALL);
      if (official.isEmpty() || official.getAsInt() != counted) {
        skaters += player.goalie() ? 0 : 1;
        goalies += player.goalie() ? 1 : 0;
      }
    }
    if (skaters + goalies == 0) {
      return Optional.empty();
    }
    return Optional.of(
        "seconds disagree with the box score's time on ice for %d skaters and %d goalies"
            .formatted(skaters, goalies));
  }

  /**
   * What the situation codes of the plays say against the shifts, where there is no box score to
   * check them by. In complete charts one play in a thousand contradicts; a shift that is missing
   * contradicts at every play it would have seen.
   */
  static Optional<String> disagreement(IceTime iceTime, Game game) {
    int plays = 0;
    int contradictions = 0;
    for (Play play : game.plays()) {
      if (play.shootout() || play.type() == PlayType.UNCOUNTED || play.strength().isPenaltyShot()) {
        continue;
      }
      plays++;
      if (!game.roster().strength(iceTime.at(play)).equals(play.strength())) {
        contradictions++;
      }
    }
    if (contradictions * PLAYS_PER_CONTRADICTION <= plays) {
      return Optional.empty();
    }
    return Optional.of(
        "shifts contradict the situation code at %d of %d plays".formatted(contradictions, plays));
  }
}
