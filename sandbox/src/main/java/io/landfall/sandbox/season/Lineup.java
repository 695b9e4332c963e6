package io.landfall.sandbox.season;

import java.util.List;

/**
 * A team's twenty for one game: forwards first, then defensemen, then the two goalies.
 *
 * @param forwards 12 or 11
 */
record Lineup(List<Person> players, int forwards) {

  static final int STARTER = 18;
  static final int BACKUP = 19;
  static final int SKATERS = 0x3FFFF;

  Lineup {
    players = List.copyOf(players);
  }

  boolean forward(int place) {
    return place < forwards;
  }

  int forwardMask() {
    return (1 << forwards) - 1;
  }

  int defenseMask() {
    return SKATERS & ~forwardMask();
  }
}
