package io.landfall.producer.nhl.stats;

import io.landfall.producer.nhl.stats.PlayByPlayJson.Details;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Resolves one event of a play-by-play: whose it is, who took part, from where. */
final class PlayReader {

  private static final Details NONE =
      new Details(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null, null, null);

  private final Roster roster;
  private final IntFunction<@Nullable Side> teams;

  PlayReader(Roster roster, IntFunction<@Nullable Side> teams) {
    this.roster = roster;
    this.teams = teams;
  }

  Play read(PlayByPlayJson.Play play, Strength strength) throws UnusableAnswer {
    PlayByPlayJson.Period period = play.periodDescriptor();
    int second = Clock.seconds(play.timeInPeriod());
    if (period == null || period.number() < 1 || period.number() > GameReader.MOST_PERIODS) {
      throw new UnusableAnswer(
          "The play with sortOrder %d is in no period: %s".formatted(play.sortOrder(), period));
    }
    if (second == Clock.UNREADABLE) {
      throw new UnusableAnswer(
          "The play with sortOrder %d has the timeInPeriod %s, expected MM:SS"
              .formatted(play.sortOrder(), play.timeInPeriod()));
    }
    PlayType type = PlayType.ofCode(play.typeCode());
    Details details = play.details() == null ? NONE : play.details();
    int actor = roster.indexOf(actor(type, details));
    Side side = side(type, details, actor);
    return new Play(
        type,
        period.number(),
        "SO".equals(period.periodType()),
        second,
        strength,
        side,
        actor,
        roster.indexOf(details.assist1PlayerId()),
        roster.indexOf(details.assist2PlayerId()),
        roster.indexOf(
            type == PlayType.BLOCKED_SHOT ? details.blockingPlayerId() : details.losingPlayerId()),
        danger(type, details, side, play.homeTeamDefendingSide()),
        details.duration());
  }

  private static int actor(PlayType type, Details details) {
    return switch (type) {
      case GOAL -> details.scoringPlayerId();
      case SHOT_ON_GOAL, MISSED_SHOT, BLOCKED_SHOT -> details.shootingPlayerId();
      case HIT -> details.hittingPlayerId();
      case GIVEAWAY, TAKEAWAY -> details.playerId();
      case FACE_OFF -> details.winningPlayerId();
      case PENALTY -> details.committedByPlayerId();
      case UNCOUNTED -> 0;
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

  private static @Nullable Danger danger(
      PlayType type, Details details, @Nullable Side side, @Nullable String homeDefends) {
    Double x = details.xCoord();
    Double y = details.yCoord();
    if (!type.isUnblockedShot() || side == null || x == null || y == null) {
      return null;
    }
    if (!"left".equals(homeDefends) && !"right".equals(homeDefends)) {
      return null;
    }
    // Home attacks towards +x exactly while it defends the left end.
    boolean attacksRight = "left".equals(homeDefends) == (side == Side.HOME);
    return Danger.of(attacksRight ? x : -x, y);
  }
}
