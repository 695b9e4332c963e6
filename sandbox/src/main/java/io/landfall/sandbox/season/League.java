package io.landfall.sandbox.season;

import java.util.List;

/** The clubs: {@code teams.csv}. */
final class League {

  private static final List<Team> TEAMS = Csv.rows("teams.csv", Team.class);

  private League() {}

  /**
   * The 32 that play in a season.
   *
   * @param season the year in which the season starts
   */
  static List<Team> teams(int season) {
    return TEAMS.stream().filter(team -> team.plays(season)).toList();
  }
}
