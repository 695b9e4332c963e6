package io.landfall.producer.nhl.stats;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether shifts are all the shifts of a game.
 *
 * @param disagreement what says that they are not, or null
 * @param distance how far they are from the box score although they are, or null
 */
record IceTimeCheck(@Nullable String disagreement, @Nullable String distance) {

  /**
   * Seconds by which a player's time may differ from the box score's. One shift in five hundred is
   * as short, so that the loss of any other is seen.
   */
  static final int SECONDS_APART = 2;

  /** Share of the plays, one in so many, at which shifts may contradict the situation code. */
  private static final int PLAYS_PER_CONTRADICTION = 100;

  /** What the box score says: each player's seconds, a goalie's too, are its time on ice. */
  static IceTimeCheck of(IceTime iceTime, Roster roster, BoxScore boxScore) {
    int skaters = 0;
    int goalies = 0;
    int near = 0;
    int most = 0;
    for (Player player : roster.players()) {
      OptionalInt official = boxScore.seconds(player.index());
      int counted = iceTime.seconds(player.index(), Situation.ALL);
      int apart = Math.abs(official.orElse(Integer.MIN_VALUE / 2) - counted);
      if (apart > SECONDS_APART) {
        skaters += player.goalie() ? 0 : 1;
        goalies += player.goalie() ? 1 : 0;
      } else {
        near += apart == 0 ? 0 : 1;
        most = Math.max(most, apart);
      }
    }
    if (skaters + goalies > 0) {
      return new IceTimeCheck(
          "seconds disagree with the box score's time on ice for %d skaters and %d goalies"
              .formatted(skaters, goalies),
          null);
    }
    String distance = "time on ice of %d players is up to %d s from the box score's";
    return new IceTimeCheck(null, near == 0 ? null : distance.formatted(near, most));
  }

  /**
   * What the situation codes of the plays say, where there is no box score to check shifts by. In
   * complete charts one play in a thousand contradicts; a shift that is missing contradicts at
   * every play it would have seen.
   */
  static IceTimeCheck of(IceTime iceTime, Game game) {
    int plays = 0;
    int contradictions = 0;
    for (Play play : game.plays()) {
      Strength strength = play.strength();
      boolean told = !play.shootout() && play.type().isCounted() && !play.isPenaltyShot();
      if (strength == null || !told) {
        continue;
      }
      plays++;
      if (!game.roster().strength(iceTime.at(play)).equals(strength)) {
        contradictions++;
      }
    }
    if (plays == 0) {
      return new IceTimeCheck(
          "neither a box score nor a situation code to hold them against", null);
    }
    if (contradictions * PLAYS_PER_CONTRADICTION <= plays) {
      return new IceTimeCheck(null, null);
    }
    return new IceTimeCheck(
        "shifts contradict the situation code at %d of %d plays".formatted(contradictions, plays),
        null);
  }
}
