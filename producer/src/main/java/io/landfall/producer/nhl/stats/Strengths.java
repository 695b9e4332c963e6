package io.landfall.producer.nhl.stats;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives the plays without a situation code their strength where something else tells it: who was on
 * the ice, or else the plays before and after in the same period, if they agree and stand closer
 * together than a penalty is long.
 */
final class Strengths {

  private static final int MINOR_PENALTY_SECONDS = 120;

  private final Game game;
  private final @Nullable IceTime iceTime;

  private Strengths(Game game, @Nullable IceTime iceTime) {
    this.game = game;
    this.iceTime = iceTime != null && iceTime.knowsStrengths() ? iceTime : null;
  }

  /** The game with every strength that is known. */
  static Game of(Game game, @Nullable IceTime iceTime) {
    boolean allTold = game.plays().stream().allMatch(play -> play.strength() != null);
    return allTold ? game : game.with(new Strengths(game, iceTime).plays());
  }

  private List<Play> plays() {
    List<Play> told = game.plays();
    List<Play> plays = new ArrayList<>(told.size());
    for (int i = 0; i < told.size(); i++) {
      Play play = told.get(i);
      Strength known = play.strength() == null ? strength(i) : null;
      plays.add(known == null ? play : play.at(known));
    }
    return plays;
  }

  private @Nullable Strength strength(int index) {
    Play play = game.plays().get(index);
    long present = iceTime == null ? 0 : iceTime.at(play);
    return present == 0 ? ofNeighbours(index) : game.roster().strength(present);
  }

  private @Nullable Strength ofNeighbours(int index) {
    Play before = neighbour(index, -1);
    Play after = neighbour(index, 1);
    return before != null
            && after != null
            && after.second() - before.second() < MINOR_PENALTY_SECONDS
            && before.strength() != null
            && before.strength().equals(after.strength())
        ? before.strength()
        : null;
  }

  /** The next play of the period, that way, which has a code; null if there is none. */
  private @Nullable Play neighbour(int index, int step) {
    List<Play> plays = game.plays();
    int period = plays.get(index).period();
    for (int i = index + step; i >= 0 && i < plays.size(); i += step) {
      Play play = plays.get(i);
      if (play.period() != period) {
        return null;
      }
      if (play.strength() != null) {
        return play;
      }
    }
    return null;
  }
}
