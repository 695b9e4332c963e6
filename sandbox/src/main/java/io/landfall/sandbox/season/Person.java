package io.landfall.sandbox.season;

/**
 * A player of a club.
 *
 * @param position C, L, R, D or G
 */
public record Person(int playerId, Name first, Name last, int sweater, char position, Team team) {

  public boolean goalie() {
    return position == 'G';
  }

  public String fullName() {
    return first.text() + " " + last.text();
  }

  /** As in a box score: the first letter, a dot, the last name. */
  public String shortName() {
    return first.text().charAt(0) + ". " + last.text();
  }
}
