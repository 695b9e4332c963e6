package io.landfall.sandbox.season;

/** The visitors or the home team. Their players are numbered 0 to 19 and 20 to 39. */
public enum Side {
  AWAY(0, "awayTeam"),
  HOME(1, "homeTeam");

  static final int PLAYERS = 20;

  /** The players of a game. */
  static final int BOTH = 2 * PLAYERS;

  /** Where a pair of numbers has this team's. */
  final int index;

  /** What the API calls the team's object. */
  final String field;

  Side(int index, String field) {
    this.index = index;
    this.field = field;
  }

  /** Whose a player is. */
  public static Side of(int player) {
    return player < PLAYERS ? AWAY : HOME;
  }

  public Side other() {
    return this == AWAY ? HOME : AWAY;
  }

  /** The player at one of the team's twenty places. */
  int player(int place) {
    return index * PLAYERS + place;
  }

  /** A player's place in his team. */
  static int place(int player) {
    return player % PLAYERS;
  }
}
