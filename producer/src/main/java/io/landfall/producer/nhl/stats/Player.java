package io.landfall.producer.nhl.stats;

/**
 * One dressed player.
 *
 * @param index his place among all dressed players of the game, in the order of their ids
 * @param id the API's player id
 * @param name first and last name, default localisation
 * @param position C, L, R, D or G
 */
record Player(int index, int id, Side side, int sweaterNumber, String name, String position) {

  /** The position of a goalie. */
  static final String GOALIE = "G";

  /** The same player at another index. */
  Player at(int otherIndex) {
    return new Player(otherIndex, id, side, sweaterNumber, name, position);
  }

  boolean goalie() {
    return position.equals(GOALIE);
  }
}
