package io.landfall.sandbox.season;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A game as the calendar has it.
 *
 * @param season the year in which its season starts
 * @param gameType 1 preseason, 2 regular season, 3 playoffs
 * @param date the league's (Eastern) date
 */
public record Fixture(
    int gameId, int season, int gameType, LocalDate date, Instant start, Team away, Team home) {

  /** As the API writes it, for example 20242025. */
  public int seasonSpan() {
    return season * 10_000 + season + 1;
  }

  public boolean playoffs() {
    return gameType == 3;
  }

  public Team team(Side side) {
    return side == Side.HOME ? home : away;
  }

  Fixture on(LocalDate otherDate, Instant otherStart) {
    return new Fixture(gameId, season, gameType, otherDate, otherStart, away, home);
  }
}
