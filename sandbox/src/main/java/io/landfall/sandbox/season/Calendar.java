package io.landfall.sandbox.season;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The regular season: 1,312 games on 178 days, each team 41 times at home and 41 times away, never
 * twice a day; full Tuesdays, Thursdays and Saturdays, quiet days between, a break at Christmas and
 * one in February.
 */
final class Calendar {

  static final int GAMES = 1312;
  private static final long CALENDAR = 0x43414C;
  private static final int GAME_DAYS = 178;
  private static final int MOST_A_DAY = 16;
  private static final int HOME_GAMES_AGAIN = 10;
  private static final int BREAK_DAYS = 12;
  private static final Map<DayOfWeek, Double> BUSY =
      Map.of(
          DayOfWeek.MONDAY, 4.9,
          DayOfWeek.TUESDAY, 9.7,
          DayOfWeek.WEDNESDAY, 4.2,
          DayOfWeek.THURSDAY, 10.2,
          DayOfWeek.FRIDAY, 4.6,
          DayOfWeek.SATURDAY, 12.1,
          DayOfWeek.SUNDAY, 5.7);

  /** Who meets whom where. */
  private record Pairing(int away, int home) {}

  private final SeededRandom random;
  private final int season;
  private final List<Team> teams;

  private Calendar(long seed, int season) {
    this.random = SeededRandom.of(seed, CALENDAR, season);
    this.season = season;
    this.teams = League.teams(season);
  }

  /** The season's games in the order of their ids: by day, then by start. */
  static List<Fixture> regularSeason(long seed, int season) {
    return new Calendar(seed, season).fixtures();
  }

  /** Real first days of the seasons that are history; else the second Tuesday of October. */
  static LocalDate firstDay(int season) {
    return switch (season) {
      case 2023 -> LocalDate.of(2023, 10, 10);
      case 2024 -> LocalDate.of(2024, 10, 4);
      case 2025 -> LocalDate.of(2025, 10, 7);
      default ->
          LocalDate.of(season, Month.OCTOBER, 1)
              .with(TemporalAdjusters.dayOfWeekInMonth(2, DayOfWeek.TUESDAY));
    };
  }

  private List<Fixture> fixtures() {
    List<Fixture> fixtures = new ArrayList<>(GAMES);
    days().forEach((day, pairings) -> addDay(day, pairings, fixtures));
    return List.copyOf(fixtures);
  }

  private void addDay(LocalDate day, List<Pairing> pairings, List<Fixture> to) {
    List<Fixture> games = new ArrayList<>();
    for (Pairing pairing : pairings) {
      Team home = teams.get(pairing.home());
      ZonedDateTime start = day.atTime(startTime(day)).atZone(home.timeZone());
      games.add(new Fixture(0, season, 2, day, start.toInstant(), teams.get(pairing.away()), home));
    }
    games.sort(
        Comparator.comparing(Fixture::start).thenComparing(game -> game.home().abbreviation()));
    for (Fixture game : games) {
      int gameId = season * 1_000_000 + 20_000 + to.size() + 1;
      to.add(new Fixture(gameId, season, 2, day, game.start(), game.away(), game.home()));
    }
  }

  private LocalTime startTime(LocalDate day) {
    boolean weekend = day.getDayOfWeek().getValue() >= DayOfWeek.SATURDAY.getValue();
    if (weekend && random.chance(0.3)) {
      return LocalTime.of(random.between(13, 17), 0);
    }
    return LocalTime.of(19, random.chance(0.25) ? 30 : 0);
  }

  private Map<LocalDate, List<Pairing>> days() {
    List<LocalDate> dates = dates();
    int[] sizes = sizes(dates);
    List<Pairing> left = pairings();
    int[] remaining = new int[teams.size()];
    left.forEach(
        pairing -> {
          remaining[pairing.away()]++;
          remaining[pairing.home()]++;
        });
    Map<LocalDate, List<Pairing>> days = new TreeMap<>();
    for (int i = 0; i < dates.size(); i++) {
      days.put(dates.get(i), take(left, remaining, sizes[i]));
    }
    left.forEach(pairing -> squeezeIn(pairing, days));
    return days;
  }

  /** The games of one day: of those left, the ones whose teams are furthest behind. */
  private List<Pairing> take(List<Pairing> left, int[] remaining, int size) {
    Map<Pairing, Double> urgency = new LinkedHashMap<>();
    for (Pairing pairing : left) {
      double behind = remaining[pairing.away()] + remaining[pairing.home()];
      urgency.merge(pairing, behind + 3 * random.unit(), Math::max);
    }
    List<Pairing> byUrgency = new ArrayList<>(urgency.keySet());
    byUrgency.sort(Comparator.comparing((Pairing pairing) -> -urgency.getOrDefault(pairing, 0.0)));
    List<Pairing> day = new ArrayList<>();
    for (Pairing pairing : byUrgency) {
      if (day.size() < size && free(pairing, day)) {
        day.add(pairing);
        left.remove(pairing);
        remaining[pairing.away()]--;
        remaining[pairing.home()]--;
      }
    }
    return day;
  }

  private static boolean free(Pairing wanted, List<Pairing> day) {
    for (Pairing other : day) {
      if (wanted.away() == other.away()
          || wanted.away() == other.home()
          || wanted.home() == other.away()
          || wanted.home() == other.home()) {
        return false;
      }
    }
    return true;
  }

  private static void squeezeIn(Pairing pairing, Map<LocalDate, List<Pairing>> days) {
    List<List<Pairing>> fromTheEnd = new ArrayList<>(days.values());
    Collections.reverse(fromTheEnd);
    for (List<Pairing> day : fromTheEnd) {
      if (day.size() < MOST_A_DAY && free(pairing, day)) {
        day.add(pairing);
        return;
      }
    }
    throw new IllegalStateException("No day of the season is free for " + pairing);
  }

  /** Everyone at home to everyone, and to ten of them once more. */
  private List<Pairing> pairings() {
    int count = teams.size();
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      order.add(random.between(0, order.size()), i);
    }
    List<Pairing> pairings = new ArrayList<>(GAMES);
    for (int home = 0; home < count; home++) {
      for (int step = 1; step < count; step++) {
        Pairing pairing = new Pairing(order.get((home + step) % count), order.get(home));
        pairings.add(pairing);
        if (step <= HOME_GAMES_AGAIN) {
          pairings.add(pairing);
        }
      }
    }
    return pairings;
  }

  private List<LocalDate> dates() {
    LocalDate pause = LocalDate.of(season + 1, Month.FEBRUARY, 10);
    List<LocalDate> dates = new ArrayList<>(GAME_DAYS);
    for (LocalDate day = firstDay(season); dates.size() < GAME_DAYS; day = day.plusDays(1)) {
      boolean christmas =
          day.getMonth() == Month.DECEMBER
              && day.getDayOfMonth() >= 24
              && day.getDayOfMonth() <= 26;
      boolean paused = !day.isBefore(pause) && day.isBefore(pause.plusDays(BREAK_DAYS));
      if (!christmas && !paused) {
        dates.add(day);
      }
    }
    return dates;
  }

  /** How many games each day has: as busy as its weekday, 1,312 in all. */
  private int[] sizes(List<LocalDate> dates) {
    int[] sizes = new int[dates.size()];
    int sum = 0;
    for (int i = 0; i < sizes.length; i++) {
      double mean = BUSY.getOrDefault(dates.get(i).getDayOfWeek(), 7.0);
      sizes[i] = bounded((int) Math.round(mean + random.normal() * 0.22 * mean));
      sum += sizes[i];
    }
    while (sum != GAMES) {
      int day = random.below(sizes.length);
      int better = bounded(sizes[day] + Integer.signum(GAMES - sum));
      sum += better - sizes[day];
      sizes[day] = better;
    }
    return sizes;
  }

  private static int bounded(int size) {
    return Math.max(1, Math.min(MOST_A_DAY, size));
  }
}
