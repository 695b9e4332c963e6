package io.landfall.producer.nhl.stats;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Which end of the rink the home team defends in each period. Three witnesses tell: what the plays
 * say of it, their zone codes, and that a team shoots where it attacks. Where the first two
 * contradict each other the third decides, or nobody knows.
 */
final class Ends {

  /** From here on, in feet from centre ice, it is a team's zone. */
  private static final int BLUE_LINE = 25;

  /** As many must speak before a zone code or a shot is held against what the plays say. */
  private static final int LEAST = 3;

  private static final PlayByPlayJson.Details NOWHERE = PlayReader.NONE;

  private static final class Votes {
    private int left;
    private int right;

    void add(boolean forLeft) {
      left += forLeft ? 1 : 0;
      right += forLeft ? 0 : 1;
    }

    /** Whether home defends the left end; null without a majority of two thirds. */
    @Nullable Boolean left(int least) {
      if (left + right < least || left + right == 0) {
        return null;
      }
      return left >= 2 * right ? Boolean.TRUE : right >= 2 * left ? Boolean.FALSE : null;
    }
  }

  private static final class Period {
    private final Votes told = new Votes();
    private final Votes zones = new Votes();
    private final Votes shots = new Votes();

    /** Whether the plays contradict each other or their zone codes. */
    boolean isOdd() {
      return (told.left > 0 && told.right > 0) || isContradicted();
    }

    private boolean isContradicted() {
      Boolean byTold = told.left(1);
      Boolean byZones = zones.left(LEAST);
      return byTold != null && byZones != null && !byTold.equals(byZones);
    }

    @Nullable Boolean left() {
      Boolean byTold = told.left(1);
      if (isContradicted()) {
        return shots.left(LEAST);
      }
      if (byTold != null) {
        return byTold;
      }
      Boolean byZones = zones.left(1);
      return byZones == null ? shots.left(LEAST) : byZones;
    }
  }

  private final IntFunction<@Nullable Side> teams;
  private final Map<Integer, Period> periods = new TreeMap<>();

  Ends(List<PlayByPlayJson.Play> plays, IntFunction<@Nullable Side> teams) {
    this.teams = teams;
    for (PlayByPlayJson.Play play : plays) {
      if (play.periodDescriptor() != null) {
        hear(play, periods.computeIfAbsent(play.periodDescriptor().number(), n -> new Period()));
      }
    }
  }

  private void hear(PlayByPlayJson.Play play, Period period) {
    if ("left".equals(play.homeTeamDefendingSide())
        || "right".equals(play.homeTeamDefendingSide())) {
      period.told.add("left".equals(play.homeTeamDefendingSide()));
    }
    PlayByPlayJson.Details details = play.details() == null ? NOWHERE : play.details();
    PlayType type = PlayType.ofCode(play.typeCode());
    Side side = teams.apply(details.eventOwnerTeamId());
    Double x = details.xCoord();
    // Of a blocked shot the zone is the blocker's, whoever is named as its owner.
    if (side == null || x == null || Math.abs(x) <= BLUE_LINE || type == PlayType.BLOCKED_SHOT) {
      return;
    }
    boolean leftIfAttacking = x > 0 == (side == Side.HOME);
    if ("O".equals(details.zoneCode()) || "D".equals(details.zoneCode())) {
      period.zones.add(leftIfAttacking == "O".equals(details.zoneCode()));
    }
    if (type.isUnblockedShot()) {
      period.shots.add(leftIfAttacking);
    }
  }

  /** Whether home defends the left end in a period, null if that is not known. */
  @Nullable Boolean homeDefendsLeft(int period) {
    Period known = periods.get(period);
    return known == null ? null : known.left();
  }

  /** The periods in which the plays contradict each other or their zone codes. */
  List<Integer> odd() {
    return periods.entrySet().stream()
        .filter(entry -> entry.getValue().isOdd())
        .map(Map.Entry::getKey)
        .toList();
  }
}
