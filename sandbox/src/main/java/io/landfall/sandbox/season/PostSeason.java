package io.landfall.sandbox.season;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.util.ArrayList;
import java.util.List;

/** Games before and after the regular season, of the types and with the ids that they have. */
final class PostSeason {

  private static final long PAIRINGS = 0x504F5354;
  private static final int SERIES = 8;
  private static final int LONGEST_SERIES = 7;
  private static final int PRESEASON_GAMES_A_DAY = 8;

  private PostSeason() {}

  /** Preseason games: eight a day, the last of them five days before the season. */
  static List<Fixture> preseason(long seed, int season, int games) {
    SeededRandom random = SeededRandom.of(seed, PAIRINGS, season, 1);
    List<Team> teams = League.teams(season);
    int days = (games + PRESEASON_GAMES_A_DAY - 1) / PRESEASON_GAMES_A_DAY;
    LocalDate first = Calendar.firstDay(season).minusDays(days + 4L);
    List<Fixture> fixtures = new ArrayList<>();
    for (int i = 0; i < games; i++) {
      int shift = random.below(teams.size() / 2);
      int slot = i % PRESEASON_GAMES_A_DAY;
      Team home = teams.get((slot + shift) % (teams.size() / 2));
      Team away = teams.get(teams.size() / 2 + slot);
      LocalDate day = first.plusDays(i / PRESEASON_GAMES_A_DAY);
      fixtures.add(fixture(season * 1_000_000 + 10_001 + i, season, 1, day, away, home));
    }
    return fixtures;
  }

  /**
   * The first round of the playoffs: eight series, every other day, seven games each if so many.
   */
  static List<Fixture> playoffs(long seed, int season, int games) {
    SeededRandom random = SeededRandom.of(seed, PAIRINGS, season, 3);
    List<Team> teams = new ArrayList<>(League.teams(season));
    List<Team> qualified = new ArrayList<>();
    while (qualified.size() < 2 * SERIES) {
      qualified.add(teams.remove(random.below(teams.size())));
    }
    LocalDate first = LocalDate.of(season + 1, Month.APRIL, 26);
    List<Fixture> fixtures = new ArrayList<>();
    for (int i = 0; i < Math.min(games, SERIES * LONGEST_SERIES); i++) {
      int number = i / SERIES;
      int series = i % SERIES;
      boolean swapped = number == 2 || number == 3 || number == 5;
      Team better = qualified.get(2 * series);
      Team other = qualified.get(2 * series + 1);
      int gameId = season * 1_000_000 + 30_100 + (series + 1) * 10 + number + 1;
      LocalDate day = first.plusDays(2L * number + series % 2);
      fixtures.add(
          fixture(gameId, season, 3, day, swapped ? better : other, swapped ? other : better));
    }
    return fixtures;
  }

  private static Fixture fixture(
      int gameId, int season, int gameType, LocalDate day, Team away, Team home) {
    var start = day.atTime(LocalTime.of(19, 0)).atZone(home.timeZone()).toInstant();
    return new Fixture(gameId, season, gameType, day, start, away, home);
  }
}
