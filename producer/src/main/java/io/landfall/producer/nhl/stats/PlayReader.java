package io.landfall.producer.nhl.stats;

import io.landfall.producer.nhl.stats.PlayByPlayJson.Details;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Resolves one event of a play-by-play: whose it is, who took part, from where. */
final class PlayReader {

  static final Details NONE =
      new Details(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null, null, null, null, null);

  private final Header header;
  private final Roster roster;
  private final IntFunction<@Nullable Side> teams;
  private final Ends ends;
  private final Oddities unplaced = new Oddities("plays left out");
  private final Oddities strangers = new Oddities("players of plays who are in no roster");
  private int droppedGoals;
  private boolean endsKnown = true;

  PlayReader(Header header, Roster roster, IntFunction<@Nullable Side> teams, Ends ends) {
    this.header = header;
    this.roster = roster;
    this.teams = teams;
    this.ends = ends;
  }

  /** The plays that could not be placed in the game. */
  Oddities unplaced() {
    return unplaced;
  }

  /** The players whom plays name and no roster knows. */
  Oddities strangers() {
    return strangers;
  }

  /** Goals among the plays that could not be placed. */
  int droppedGoals() {
    return droppedGoals;
  }

  /** Whether for each shot with a place it was known which goal it was at. */
  boolean endsKnown() {
    return endsKnown;
  }

  /** Resolves a play; null for one that cannot be placed in the game, which costs itself. */
  @Nullable Play read(PlayByPlayJson.Play play) {
    PlayByPlayJson.Period period = play.periodDescriptor();
    int second = Clock.seconds(play.timeInPeriod());
    if (period == null || period.number() < 1 || period.number() > GameReader.MOST_PERIODS) {
      return dropped(play, "sortOrder %d is in no period".formatted(play.sortOrder()));
    }
    if (second == Clock.UNREADABLE) {
      return dropped(
          play,
          "sortOrder %d has the timeInPeriod %s, expected MM:SS"
              .formatted(play.sortOrder(), play.timeInPeriod()));
    }
    boolean shootout = header.isShootout(period);
    PlayType type = PlayType.ofCode(play.typeCode());
    Details details = play.details() == null ? NONE : play.details();
    int actor = player(actor(type, details));
    Side side = side(type, details, actor);
    return new Play(
        type,
        period.number(),
        shootout,
        second,
        Strength.ofCode(play.situationCode()),
        side,
        actor,
        player(details.assist1PlayerId()),
        player(details.assist2PlayerId()),
        player(
            type == PlayType.BLOCKED_SHOT ? details.blockingPlayerId() : details.losingPlayerId()),
        shootout ? null : danger(type, details, side, period.number()),
        details.duration());
  }

  private @Nullable Play dropped(PlayByPlayJson.Play play, String why) {
    unplaced.add(why);
    droppedGoals += PlayType.ofCode(play.typeCode()) == PlayType.GOAL ? 1 : 0;
    return null;
  }

  private int player(int id) {
    int index = roster.indexOf(id);
    if (index == Roster.NOBODY && id != 0) {
      strangers.add(Integer.toString(id));
    }
    return index;
  }

  private static int actor(PlayType type, Details details) {
    return switch (type) {
      case GOAL -> details.scoringPlayerId();
      case SHOT_ON_GOAL, MISSED_SHOT, BLOCKED_SHOT -> details.shootingPlayerId();
      case HIT -> details.hittingPlayerId();
      case GIVEAWAY, TAKEAWAY -> details.playerId();
      case FACE_OFF -> details.winningPlayerId();
      case PENALTY -> details.committedByPlayerId();
      case PERIOD_END, GAME_END, UNCOUNTED -> 0;
    };
  }

  /**
   * The actor's team, which holds in both generations of the API: until autumn 2023 the owner of a
   * blocked shot was the team that blocked it, since then it is the shooter's.
   */
  private @Nullable Side side(PlayType type, Details details, int actor) {
    if (actor != Roster.NOBODY) {
      return roster.player(actor).side();
    }
    Side owner = teams.apply(details.eventOwnerTeamId());
    boolean ownerBlocked = type == PlayType.BLOCKED_SHOT && details.reason() == null;
    return owner != null && ownerBlocked ? owner.other() : owner;
  }

  private @Nullable Danger danger(PlayType type, Details details, @Nullable Side side, int period) {
    Double x = details.xCoord();
    Double y = details.yCoord();
    if (!type.isUnblockedShot() || side == null || x == null || y == null) {
      return null;
    }
    Boolean homeDefendsLeft = ends.homeDefendsLeft(period);
    if (homeDefendsLeft == null) {
      endsKnown = false;
      return null;
    }
    // Home attacks towards +x exactly while it defends the left end.
    boolean attacksRight = homeDefendsLeft == (side == Side.HOME);
    return Danger.of(attacksRight ? x : -x, y);
  }
}
