package io.landfall.sandbox.season;

import io.landfall.sandbox.season.Event.Attempt;
import io.landfall.sandbox.season.Event.Giveaway;
import io.landfall.sandbox.season.Event.Hit;
import io.landfall.sandbox.season.Event.Result;
import io.landfall.sandbox.season.Event.Spot;
import io.landfall.sandbox.season.Event.Takeaway;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The kinds of late corrections that were seen in the API. After one, all answers for the game
 * agree with one another again: what follows from the plays is counted anew. At the control
 * endpoint their names are lower case, with hyphens.
 */
public enum Correction {
  /** A goal is given to a team-mate who was on the ice. */
  SCORER,
  /** A goal's second assist is taken away. */
  ASSIST,
  /** A missed shot was on goal after all. */
  MISSED_TO_SAVED,
  /** Two hits were none; every later sortOrder changes. */
  HITS_REMOVED,
  /** The zone of a giveaway and of a takeaway is told from the other side; no count changes. */
  ZONES_FLIPPED,
  /** Every attempt moves by one foot; no count changes but those of the danger classes. */
  COORDINATES_MOVED;

  private static final long CORRECTION = 0x434F5252;

  /**
   * The game as it stands afterwards.
   *
   * @param number tells apart several corrections of one game
   * @return empty if the game has nothing to correct in this way
   */
  public Optional<GeneratedGame> correct(GeneratedGame game, int number) {
    SeededRandom random = SeededRandom.of(number, CORRECTION, game.fixture().gameId());
    List<Play> plays = new ArrayList<>(game.plays());
    boolean changed =
        switch (this) {
          case SCORER -> scorer(game, plays, random);
          case ASSIST -> assist(game, plays, random);
          case MISSED_TO_SAVED -> saved(game, plays, random);
          case HITS_REMOVED -> removed(plays, random);
          case ZONES_FLIPPED -> flipped(plays);
          case COORDINATES_MOVED -> moved(plays);
        };
    return changed ? Optional.of(game.with(plays)) : Optional.empty();
  }

  private static boolean scorer(GeneratedGame game, List<Play> plays, SeededRandom random) {
    for (int i : found(game, plays, random, Result.GOAL)) {
      Attempt goal = (Attempt) plays.get(i).event();
      Side side = Side.of(goal.shooter());
      int on = plays.get(i).moment().on(side) & Lineup.SKATERS;
      for (int left = on; left != 0; left &= left - 1) {
        int other = side.player(Integer.numberOfTrailingZeros(left));
        if (other != goal.shooter() && other != goal.assist1() && other != goal.assist2()) {
          plays.set(i, plays.get(i).becoming(goal.by(other)));
          return true;
        }
      }
    }
    return false;
  }

  private static boolean assist(GeneratedGame game, List<Play> plays, SeededRandom random) {
    for (int i : found(game, plays, random, Result.GOAL)) {
      Attempt goal = (Attempt) plays.get(i).event();
      if (goal.assist2() != Event.NOBODY) {
        plays.set(i, plays.get(i).becoming(goal.assisted(goal.assist1(), Event.NOBODY)));
        return true;
      }
    }
    return false;
  }

  private static boolean saved(GeneratedGame game, List<Play> plays, SeededRandom random) {
    for (int i : found(game, plays, random, Result.MISSED)) {
      Attempt miss = (Attempt) plays.get(i).event();
      if (miss.goalie() != Event.NOBODY) {
        plays.set(i, plays.get(i).becoming(miss.ending(Result.SAVED)));
        return true;
      }
    }
    return false;
  }

  private static boolean removed(List<Play> plays, SeededRandom random) {
    List<Play> hits = new ArrayList<>(plays);
    hits.removeIf(play -> !(play.event() instanceof Hit));
    if (hits.size() < 2) {
      return false;
    }
    plays.remove(hits.remove(random.below(hits.size())));
    plays.remove(hits.remove(random.below(hits.size())));
    return true;
  }

  private static boolean flipped(List<Play> plays) {
    boolean giveaway = false;
    boolean takeaway = false;
    for (int i = 0; i < plays.size(); i++) {
      Play play = plays.get(i);
      if (!giveaway && play.event() instanceof Giveaway old) {
        giveaway = true;
        plays.set(i, play.becoming(new Giveaway(old.player(), old.spot(), !old.zoneFlipped())));
      } else if (!takeaway && play.event() instanceof Takeaway old) {
        takeaway = true;
        plays.set(i, play.becoming(new Takeaway(old.player(), old.spot(), !old.zoneFlipped())));
      }
    }
    return giveaway || takeaway;
  }

  private static boolean moved(List<Play> plays) {
    for (int i = 0; i < plays.size(); i++) {
      if (plays.get(i).event() instanceof Attempt attempt) {
        Spot spot = attempt.spot();
        Spot other = new Spot(spot.x() + (spot.x() > 0 ? -1 : 1), spot.y());
        plays.set(i, plays.get(i).becoming(attempt.at(other)));
      }
    }
    return true;
  }

  /** Where attempts with that end stand, outside a shootout, beginning at a drawn one. */
  private static List<Integer> found(
      GeneratedGame game, List<Play> plays, SeededRandom random, Result result) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < plays.size(); i++) {
      if (!game.shootout(plays.get(i))
          && plays.get(i).event() instanceof Attempt attempt
          && attempt.result() == result) {
        found.add(i);
      }
    }
    Collections.rotate(found, found.isEmpty() ? 0 : random.below(found.size()));
    return found;
  }
}
