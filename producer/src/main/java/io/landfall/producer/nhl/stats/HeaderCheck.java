package io.landfall.producer.nhl.stats;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds the plays against what their own answer says of the whole game: final score, shots on goal,
 * last period. In every game that was recorded goals and periods agree exactly, and shots to within
 * one.
 */
final class HeaderCheck {

  /** Shots on goal of a team that may be lacking: twice as many as were ever seen to. */
  private static final int SHOTS_LACKING = 2;

  private final Game game;
  private final Counting counting;

  HeaderCheck(Game game, Counting counting) {
    this.game = game;
    this.counting = counting;
  }

  /** What says that plays are missing; empty if nothing does. */
  List<String> disagreements() {
    List<String> found = new ArrayList<>();
    if (!goalsAgree()) {
      found.add("goals are %s, the score says %s".formatted(goals(), score()));
    }
    for (Side side : Side.values()) {
      Integer shots = game.header().shots(side);
      if (shots != null && shots - counted(side, Tally.SHOTS_ON_GOAL) > SHOTS_LACKING) {
        found.add(
            "shots on goal of %s are %d, the header says %d"
                .formatted(game.team(side), counted(side, Tally.SHOTS_ON_GOAL), shots));
      }
    }
    if (!game.header().goesOn() && isCut()) {
      found.add("the last play is of period %d, before its end".formatted(last().period()));
    }
    return found;
  }

  private boolean goalsAgree() {
    Integer away = score(Side.AWAY);
    Integer home = score(Side.HOME);
    if (away == null || home == null) {
      return true;
    }
    int awayMore = away - counted(Side.AWAY, Tally.GOALS);
    int homeMore = home - counted(Side.HOME, Tally.GOALS);
    boolean shootout = game.header().shootout() || game.plays().stream().anyMatch(Play::shootout);
    int wanted = game.droppedGoals() + (shootout ? 1 : 0);
    return awayMore >= 0
        && homeMore >= 0
        && awayMore + homeMore <= wanted
        && awayMore + homeMore >= game.droppedGoals();
  }

  private @Nullable Integer score(Side side) {
    return game.header().score(side);
  }

  private String goals() {
    return counted(Side.AWAY, Tally.GOALS) + "-" + counted(Side.HOME, Tally.GOALS);
  }

  private String score() {
    return score(Side.AWAY) + "-" + score(Side.HOME);
  }

  private int counted(Side side, Tally tally) {
    return counting.team(side).of(Situation.ALL, tally);
  }

  private Play last() {
    return game.plays().get(game.plays().size() - 1);
  }

  /** Whether the feed tells of ends, of an earlier period, and does not of the last one. */
  private boolean isCut() {
    int ended = 0;
    for (Play play : game.plays()) {
      if (play.type() == PlayType.GAME_END) {
        return false;
      }
      ended = play.type() == PlayType.PERIOD_END ? Math.max(ended, play.period()) : ended;
    }
    int last = Math.max(last().period(), game.header().lastPeriod());
    return (ended > 0 && ended < last) || last().period() < game.header().lastPeriod();
  }
}
