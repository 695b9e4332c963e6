package io.landfall.producer.nhl.stats;

import java.util.HashSet;
import java.util.Set;

/**
 * Who was on the ice in each second of a game, from its shifts. A second {@code t} of a period is
 * the time after {@code t - 1} up to {@code t}; a shift from {@code start} to {@code end} holds the
 * seconds {@code start + 1} to {@code end}. An exact duplicate of a shift changes nothing.
 */
final class IceTime {

  private static final int SITUATIONS = Situation.EACH.length;

  private final Roster roster;
  private final Set<Shift> shifts;
  private final boolean knowsStrengths;
  private final long[][] present = new long[GameReader.MOST_PERIODS + 1][];
  private final int[] seconds;
  private final int[] shiftCounts;

  private IceTime(Roster roster, Set<Shift> shifts, boolean knowsStrengths) {
    this.roster = roster;
    this.shifts = shifts;
    this.knowsStrengths = knowsStrengths;
    this.seconds = new int[roster.size() * SITUATIONS];
    this.shiftCounts = new int[roster.size() * SITUATIONS];
  }

  static IceTime of(Shifts shifts, Roster roster) {
    IceTime iceTime =
        new IceTime(roster, new HashSet<>(shifts.all()), shifts.strangers().isEmpty());
    iceTime.place();
    iceTime.count();
    return iceTime;
  }

  private void place() {
    for (Shift shift : shifts) {
      long[] period = present[shift.period()];
      if (period == null) {
        period = new long[Shift.PERIOD_SECONDS + 1];
        present[shift.period()] = period;
      }
      long player = Roster.bit(shift.player());
      for (int second = shift.start() + 1; second <= shift.end(); second++) {
        period[second] |= player;
      }
    }
  }

  private void count() {
    byte[][][] situations = new byte[present.length][][];
    for (int period = 0; period < present.length; period++) {
      if (present[period] != null) {
        situations[period] = countSeconds(present[period]);
      }
    }
    for (Shift shift : shifts) {
      countShift(shift, situations[shift.period()]);
    }
  }

  /** Adds the seconds of a period to its players; gives each second's situation by side. */
  private byte[][] countSeconds(long[] period) {
    byte[][] situations = new byte[Side.values().length][period.length];
    for (int second = 1; second < period.length; second++) {
      long players = period[second];
      if (players == 0) {
        continue;
      }
      Strength strength = roster.strength(players);
      for (Side side : Side.values()) {
        situations[side.index][second] = (byte) strength.situation(side).index;
      }
      for (long rest = players; rest != 0; rest &= rest - 1) {
        int player = Long.numberOfTrailingZeros(rest);
        int side = roster.player(player).side().index;
        seconds[cell(player, Situation.ALL)]++;
        seconds[player * SITUATIONS + situations[side][second]]++;
      }
    }
    return situations;
  }

  private void countShift(Shift shift, byte[][] situations) {
    byte[] own = situations[roster.player(shift.player()).side().index];
    int seen = 1 << Situation.ALL.index;
    for (int second = shift.start() + 1; second <= shift.end(); second++) {
      seen |= 1 << own[second];
    }
    for (Situation situation : Situation.EACH) {
      shiftCounts[cell(shift.player(), situation)] += seen >> situation.index & 1;
    }
  }

  private static int cell(int player, Situation situation) {
    return player * SITUATIONS + situation.index;
  }

  /** Whether all who were on the ice are known, and with them the strength of each second. */
  boolean knowsStrengths() {
    return knowsStrengths;
  }

  /** Whether it is known how long a player was on the ice in a situation. */
  boolean knows(Situation situation) {
    return knowsStrengths || situation == Situation.ALL;
  }

  /** Seconds that a player was on the ice in a situation of his side. */
  int seconds(int player, Situation situation) {
    return seconds[cell(player, situation)];
  }

  /** Shifts of a player that hold at least one second of a situation of his side. */
  int shifts(int player, Situation situation) {
    return shiftCounts[cell(player, situation)];
  }

  /**
   * Who was on the ice at a play, as a set of players. At a face-off it is those who start then; at
   * any other play those who were on until then, so that a line change at the whistle is nobody's
   * goal. With this rule the counts are those of the situation code.
   */
  long at(Play play) {
    long[] period = present[play.period()];
    int second = play.type() == PlayType.FACE_OFF ? play.second() + 1 : Math.max(1, play.second());
    return period == null || second >= period.length ? 0 : period[second];
  }
}
