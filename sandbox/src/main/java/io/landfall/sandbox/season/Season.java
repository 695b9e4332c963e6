package io.landfall.sandbox.season;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The first games of one or more regular seasons that never were. Everything follows from the seed;
 * a game is simulated when asked for and not kept. Safe for many threads.
 */
public final class Season {

  /** The season that a few games are taken from. */
  public static final int USUAL_START = 2024;

  /** The season with which the history begins that the API has. */
  public static final int START_OF_HISTORY = 2023;

  private record ClubOfSeason(int teamId, int season) {}

  private final long seed;
  private final Map<Integer, Fixture> fixtures;
  private final NavigableMap<LocalDate, List<Fixture>> days = new TreeMap<>();
  private final Map<ClubOfSeason, Club> clubs = new ConcurrentHashMap<>();
  private final Map<Integer, Set<EdgeCase>> cases;

  private Season(long seed, Map<Integer, Fixture> fixtures, Map<Integer, Set<EdgeCase>> cases) {
    this.seed = seed;
    this.fixtures = fixtures;
    this.cases = Map.copyOf(cases);
    for (Fixture fixture : fixtures.values()) {
      days.computeIfAbsent(fixture.date(), day -> new ArrayList<>()).add(fixture);
    }
  }

  /**
   * Up to 1,312 games from the first day of 2024-25 on; more from the first day of 2023-24 on, so
   * that 3,424 end in the middle of 2025-26.
   */
  public static Season of(long seed, int games) {
    return from(games <= Calendar.GAMES ? USUAL_START : START_OF_HISTORY, seed, games);
  }

  /**
   * Games from a season's first day on.
   *
   * @param firstSeason the year in which the first season starts
   */
  public static Season from(int firstSeason, long seed, int games) {
    Map<Integer, Fixture> fixtures = new TreeMap<>();
    for (int season = firstSeason; fixtures.size() < games; season++) {
      for (Fixture fixture : Calendar.regularSeason(seed, season)) {
        if (fixtures.size() < games) {
          fixtures.put(fixture.gameId(), fixture);
        }
      }
    }
    return new Season(seed, Collections.unmodifiableMap(fixtures), Map.of());
  }

  /** The same season, in which these games have these peculiarities. */
  public Season having(Map<Integer, Set<EdgeCase>> peculiar) {
    Map<Integer, Set<EdgeCase>> all = new HashMap<>(cases);
    all.putAll(peculiar);
    return new Season(seed, fixtures, all);
  }

  /** Every game, in the order of the ids. */
  public List<Fixture> fixtures() {
    return List.copyOf(fixtures.values());
  }

  /** The games of a day, in the order of their ids. */
  public List<Fixture> on(LocalDate day) {
    return days.getOrDefault(day, List.of());
  }

  /** The days that have games. */
  public NavigableMap<LocalDate, List<Fixture>> days() {
    return Collections.unmodifiableNavigableMap(days);
  }

  public boolean has(int gameId) {
    return fixtures.containsKey(gameId);
  }

  /**
   * A game's place in the calendar.
   *
   * @throws IllegalArgumentException if the season has no such game
   */
  public Fixture fixture(int gameId) {
    Fixture fixture = fixtures.get(gameId);
    if (fixture == null) {
      throw new IllegalArgumentException("No game %d in this season".formatted(gameId));
    }
    return fixture;
  }

  /** Simulates a game to its end. */
  public GeneratedGame game(int gameId) {
    Fixture fixture = fixture(gameId);
    return GeneratedGame.play(
        seed,
        fixture,
        club(fixture.away(), fixture.season()),
        club(fixture.home(), fixture.season()),
        cases.getOrDefault(gameId, Set.of()));
  }

  private Club club(Team team, int season) {
    return clubs.computeIfAbsent(
        new ClubOfSeason(team.id(), season), key -> Club.of(seed, team, season));
  }
}
