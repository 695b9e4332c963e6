package io.landfall.producer.nhl.stats;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How far the plays of a game can be believed, by their own answer and by the box score. */
final class PlaysCheck {

  /**
   * Share, one in so many, of plays without strength or shots without a place that is no matter.
   */
  private static final int PER_UNKNOWN = 10;

  private final Game game;
  private final List<String> disagreements;
  private final Kinds kinds;
  private final Set<Tally> unknown;
  private final List<Gap> gaps = new ArrayList<>();
  private final Known known;

  PlaysCheck(Game game, @Nullable BoxScore boxScore, Counting counting) {
    this.game = game;
    this.disagreements = new HeaderCheck(game, counting).disagreements();
    this.kinds = new Kinds(game, boxScore, counting);
    this.unknown = EnumSet.noneOf(Tally.class);
    this.known = isRefuted() ? nothing() : something();
  }

  /** Whether the head of the answer says that plays are missing. */
  boolean agreesWithHeader() {
    return disagreements.isEmpty();
  }

  /** Whether the head of the answer tells a score to hold the plays against. */
  boolean isMade() {
    return game.header().score(Side.AWAY) != null && game.header().score(Side.HOME) != null;
  }

  /** What the plays tell whole. */
  Known known() {
    return known;
  }

  /** The kinds of event that are not in the feed. */
  Set<Tally> untold() {
    return Kinds.tallies(kinds.absent());
  }

  /** What is not known of the plays, and why. */
  List<Gap> gaps() {
    return gaps;
  }

  private boolean isRefuted() {
    return !disagreements.isEmpty() || kinds.lacking().size() > 1;
  }

  private Known nothing() {
    List<String> why = new ArrayList<>(disagreements);
    if (!kinds.lacking().isEmpty()) {
      why.add("the box score has more of " + Kinds.names(kinds.lacking()));
    }
    gaps.add(new Gap("plays are missing: " + String.join(", ", why), false));
    return Known.NOTHING;
  }

  private Known something() {
    leaveOutKinds(kinds.absent(), "no plays of kind ");
    leaveOutKinds(kinds.lacking(), "the box score has more of ");
    if (game.droppedGoals() > 0) {
      leaveOutKinds(EnumSet.of(PlayType.GOAL), "a play left out is of kind ");
    }
    leaveOutDanger();
    return Known.without(unknown, strengthsAreTold());
  }

  private void leaveOutKinds(Set<PlayType> some, String why) {
    if (!some.isEmpty()) {
      unknown.addAll(Kinds.tallies(some));
      gaps.add(new Gap(why + Kinds.names(some), false));
    }
  }

  private void leaveOutDanger() {
    int shots = 0;
    int nowhere = 0;
    for (Play play : game.plays()) {
      if (play.isCounted() && play.type().isUnblockedShot()) {
        shots++;
        nowhere += play.danger() == null ? 1 : 0;
      }
    }
    if (game.endsKnown() && nowhere * PER_UNKNOWN <= shots) {
      return;
    }
    for (Danger danger : Danger.values()) {
      unknown.add(Tally.shots(danger));
      unknown.add(Tally.goals(danger));
    }
    gaps.add(new Gap("the place of %d of %d shots is not known".formatted(nowhere, shots), false));
  }

  private boolean strengthsAreTold() {
    int plays = 0;
    int untold = 0;
    for (Play play : game.plays()) {
      if (play.isCounted()) {
        plays++;
        untold += play.strength() == null ? 1 : 0;
      }
    }
    boolean told = untold * PER_UNKNOWN <= plays;
    if (untold > 0) {
      gaps.add(
          new Gap("the strength at %d of %d plays is not known".formatted(untold, plays), told));
    }
    return told;
  }
}
