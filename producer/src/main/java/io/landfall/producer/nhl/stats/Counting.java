package io.landfall.producer.nhl.stats;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts a game's plays for each player, for each team and, where it is known who was on the ice,
 * for and against each player while he was there. Nothing of a shootout is counted.
 */
final class Counting {

  private final Roster roster;
  private final Counts[] own;
  private final Counts[] team = counts(Side.values().length);
  private final Counts[] onIceFor;
  private final Counts[] onIceAgainst;
  private final @Nullable IceTime iceTime;

  private Counting(Roster roster, @Nullable IceTime iceTime) {
    this.roster = roster;
    this.iceTime = iceTime;
    this.own = counts(roster.size());
    this.onIceFor = counts(iceTime == null ? 0 : roster.size());
    this.onIceAgainst = counts(iceTime == null ? 0 : roster.size());
  }

  private static Counts[] counts(int size) {
    Counts[] counts = new Counts[size];
    for (int i = 0; i < size; i++) {
      counts[i] = new Counts();
    }
    return counts;
  }

  static Counting of(Game game, @Nullable IceTime iceTime) {
    Counting counting = new Counting(game.roster(), iceTime);
    counting.count(game.plays());
    return counting;
  }

  /** Whether it is known who was on the ice. */
  boolean knowsOnIce() {
    return iceTime != null;
  }

  /** A player's own counts. */
  Counts own(int player) {
    return own[player];
  }

  /** A team's counts, by situations of that team. */
  Counts team(Side side) {
    return team[side.index];
  }

  /** His team's counts while a player is on the ice. */
  Counts onIceFor(int player) {
    return onIceFor[player];
  }

  /** The other team's counts while a player is on the ice, by situations of his own team. */
  Counts onIceAgainst(int player) {
    return onIceAgainst[player];
  }

  private void count(List<Play> plays) {
    Play before = null;
    for (Play play : plays) {
      Side side = play.side();
      if (!play.shootout() && side != null) {
        if (play.type().isShotAttempt()) {
          new Shot(play, side, play.isReboundAfter(before) ? before : null).count();
        } else {
          countOther(play, side);
        }
      }
      before = play;
    }
  }

  private void countOther(Play play, Side side) {
    switch (play.type()) {
      case HIT -> addBoth(play, side, Tally.HITS, 1);
      case TAKEAWAY -> addBoth(play, side, Tally.TAKEAWAYS, 1);
      case GIVEAWAY -> addBoth(play, side, Tally.GIVEAWAYS, 1);
      case FACE_OFF -> {
        addBoth(play, side, Tally.FACE_OFFS_WON, 1);
        addTeam(play, side.other(), Tally.FACE_OFFS_LOST, 1);
        addPlayer(play, play.opponent(), Tally.FACE_OFFS_LOST, 1);
      }
      case PENALTY -> {
        addBoth(play, side, Tally.PENALTIES, 1);
        addBoth(play, side, Tally.PENALTY_MINUTES, play.minutes());
      }
      case GOAL, SHOT_ON_GOAL, MISSED_SHOT, BLOCKED_SHOT, PERIOD_END, GAME_END, UNCOUNTED -> {}
    }
  }

  private void addBoth(Play play, Side side, Tally tally, int amount) {
    addPlayer(play, play.actor(), tally, amount);
    addTeam(play, side, tally, amount);
  }

  private void addTeam(Play play, Side side, Tally tally, int amount) {
    team[side.index].add(play.situation(side), tally, amount);
  }

  private void addPlayer(Play play, int player, Tally tally, int amount) {
    if (player != Roster.NOBODY) {
      @Nullable Situation situation = play.situation(roster.player(player).side());
      own[player].add(situation, tally, amount);
    }
  }

  /** One shot attempt: for its shooter, his team, and all who were on the ice. */
  private final class Shot {

    private final Play play;
    private final Side side;
    private final @Nullable Play reboundOf;
    private final long present;

    Shot(Play play, Side side, @Nullable Play reboundOf) {
      this.play = play;
      this.side = side;
      this.reboundOf = reboundOf;
      this.present = present();
    }

    /** At a penalty shot the others stand aside, whatever the shifts say. */
    private long present() {
      if (iceTime == null) {
        return 0;
      }
      if (play.isPenaltyShot()) {
        return play.actor() == Roster.NOBODY ? 0 : Roster.bit(play.actor());
      }
      return iceTime.at(play);
    }

    void count() {
      PlayType type = play.type();
      add(Tally.SHOT_ATTEMPTS);
      switch (type) {
        case GOAL -> {
          add(Tally.SHOTS_ON_GOAL);
          countGoal();
        }
        case SHOT_ON_GOAL -> {
          add(Tally.SHOTS_ON_GOAL);
          add(Tally.SAVED_SHOTS_ON_GOAL);
        }
        case MISSED_SHOT -> add(Tally.MISSED_SHOTS);
        case BLOCKED_SHOT -> countBlock();
        default -> throw new IllegalStateException(type + " is no shot attempt");
      }
      if (type.isUnblockedShot()) {
        countUnblocked(type == PlayType.GOAL);
      }
    }

    private void countUnblocked(boolean goal) {
      add(Tally.UNBLOCKED_SHOT_ATTEMPTS);
      if (!goal) {
        add(Tally.SAVED_UNBLOCKED_SHOT_ATTEMPTS);
      }
      if (reboundOf != null) {
        // To the credit of the shot that gave it, as in the tables that the column is known from.
        addPlayer(play, reboundOf.actor(), Tally.REBOUNDS, 1);
        addTeam(play, side, Tally.REBOUNDS, 1);
      }
      if (play.danger() != null) {
        add(Tally.shots(play.danger()));
      }
    }

    private void countGoal() {
      add(Tally.GOALS);
      if (reboundOf != null) {
        add(Tally.REBOUND_GOALS);
      }
      if (play.danger() != null) {
        add(Tally.goals(play.danger()));
      }
      addPlayer(play, play.actor(), Tally.POINTS, 1);
      addPlayer(play, play.primary(), Tally.PRIMARY_ASSISTS, 1);
      addPlayer(play, play.primary(), Tally.POINTS, 1);
      addPlayer(play, play.secondary(), Tally.SECONDARY_ASSISTS, 1);
      addPlayer(play, play.secondary(), Tally.POINTS, 1);
    }

    private void countBlock() {
      add(Tally.BLOCKED_SHOT_ATTEMPTS);
      // A team-mate's body is no defence: such a block is in nobody's box score line.
      if (play.opponent() != Roster.NOBODY && roster.player(play.opponent()).side() != side) {
        addPlayer(play, play.opponent(), Tally.BLOCKS, 1);
      }
    }

    private void add(Tally tally) {
      addBoth(play, side, tally, 1);
      addOnIce(onIceFor, side, tally);
      addOnIce(onIceAgainst, side.other(), tally);
    }

    private void addOnIce(Counts[] counts, Side of, Tally tally) {
      @Nullable Situation situation = play.situation(of);
      for (long rest = present & roster.skaters(of); rest != 0; rest &= rest - 1) {
        counts[Long.numberOfTrailingZeros(rest)].add(situation, tally, 1);
      }
    }
  }
}
