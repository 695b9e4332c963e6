package io.landfall.sandbox.season;

/**
 * Seconds and shifts of each player by situation, counted while the game is simulated: in the
 * situation of the players on the ice.
 */
final class IceTime {

  private static final int SITUATIONS = Situation.values().length;

  private final int[] seconds = new int[Side.BOTH * SITUATIONS];
  private final int[] shiftsWith = new int[Side.BOTH * SITUATIONS];
  private final int[] shifts = new int[Side.BOTH];
  private final int[] situationsOfShift = new int[Side.BOTH];

  int seconds(int player, Situation situation) {
    return seconds[index(player, situation)];
  }

  int shifts(int player) {
    return shifts[player];
  }

  /** Shifts that hold at least a second of a situation: these do not add up. */
  int shifts(int player, Situation situation) {
    return shiftsWith[index(player, situation)];
  }

  /** A second of play: time for everyone on the ice, a shift for those who just came on. */
  void second(Moment during, int awayFresh, int homeFresh) {
    for (Side side : Side.values()) {
      Situation situation = during.strength().seenBy(side);
      int fresh = side == Side.HOME ? homeFresh : awayFresh;
      for (int left = during.on(side); left != 0; left &= left - 1) {
        int place = Integer.numberOfTrailingZeros(left);
        second(side.player(place), situation, (fresh >> place & 1) == 1);
      }
    }
  }

  @SuppressWarnings("EnumOrdinal") // a bit in memory, never stored
  private void second(int player, Situation situation, boolean fresh) {
    int index = index(player, situation);
    int bit = 1 << situation.ordinal();
    seconds[index]++;
    if (fresh) {
      shifts[player]++;
      situationsOfShift[player] = 0;
    }
    if ((situationsOfShift[player] & bit) == 0) {
      situationsOfShift[player] |= bit;
      shiftsWith[index]++;
    }
  }

  @SuppressWarnings("EnumOrdinal") // an array in memory, never stored
  private static int index(int player, Situation situation) {
    return player * SITUATIONS + situation.ordinal();
  }
}
