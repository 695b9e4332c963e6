package io.landfall.producer.source;

import java.time.LocalDate;

/**
 * One game as the schedule lists it.
 *
 * @param id the API's game id (SSSSTTNNNN)
 * @param date the league's date, from the schedule's enclosing day
 * @param type the API's game type: 2 regular season, 3 playoffs
 * @param state FUT, PRE, LIVE, CRIT, OVER, FINAL or OFF; PPD when postponed, CNCL when cancelled
 * @param homeTeam abbreviation
 * @param awayTeam abbreviation
 */
public record Game(
    int id, LocalDate date, int type, String state, String homeTeam, String awayTeam) {

  /** Whether the game has ended and its numbers are there to fetch. */
  public boolean finished() {
    return state.equals("FINAL") || state.equals("OFF");
  }

  /** Whether the game will never be played. */
  public boolean cancelled() {
    return state.equals("CNCL");
  }
}
