package io.landfall.sandbox.season;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The first games of one or more regular seasons that never were. Everything follows from the seed;
 * a game is simulated when asked for and not kept. Never changes, safe for many threads.
 *
 * <p>About a third of the shift charts have exact duplicates, as in reality. Everything else that
 * is peculiar is asked for.
 */
public final class Season {

  /** The season that a few games are taken from. */
  private static final int USUAL_START = 2024;

  /** The season with which the history begins that the API has. */
  private static final int START_OF_HISTORY = 2023;

  private record ClubOfSeason(int teamId, int season) {}

  private static final long CHARTS = 0x43484152;
  private static final double SHARE_WITH_DUPLICATES = 0.33;
  private static final Duration ANNOUNCED_BEFORE = Duration.ofHours(3);
  private static final Duration MAKEUP_KNOWN_AFTER = Duration.ofHours(20);
  private static final int MAKEUP_DAYS = 21;

  private final long seed;
  private final Map<Integer, Fixture> fixtures;
  private final Map<Integer, Set<EdgeCase>> cases;
  private final double missingCharts;
  private final NavigableMap<LocalDate, List<Fixture>> days = new TreeMap<>();
  private final Map<ClubOfSeason, Club> clubs = new ConcurrentHashMap<>();

  private Season(
      long seed,
      Map<Integer, Fixture> fixtures,
      Map<Integer, Set<EdgeCase>> cases,
      double missingCharts) {
    this.seed = seed;
    this.fixtures = Collections.unmodifiableMap(new TreeMap<>(fixtures));
    this.cases = Map.copyOf(cases);
    this.missingCharts = missingCharts;
    for (Fixture fixture : this.fixtures.values()) {
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

  private static Season from(int firstSeason, long seed, int games) {
    Map<Integer, Fixture> fixtures = new TreeMap<>();
    for (int season = firstSeason; fixtures.size() < games; season++) {
      for (Fixture fixture : Calendar.regularSeason(seed, season)) {
        if (fixtures.size() < games) {
          fixtures.put(fixture.gameId(), fixture);
        }
      }
    }
    return new Season(seed, fixtures, Map.of(), 0);
  }

  /** The same season, in which these games have these peculiarities. */
  public Season having(Map<Integer, Set<EdgeCase>> peculiar) {
    Map<Integer, Set<EdgeCase>> all = new HashMap<>(cases);
    all.putAll(peculiar);
    return new Season(seed, fixtures, all, missingCharts);
  }

  /** The same season, in which a share of the shift charts never comes, 0 to 1. */
  public Season missingCharts(double share) {
    return new Season(seed, fixtures, cases, share);
  }

  /** The same season with some preseason games of a year before it. */
  public Season withPreseason(int season, int games) {
    return with(PostSeason.preseason(seed, season, games));
  }

  /** The same season with some games of a year's first playoff round, 56 at most. */
  public Season withPlayoffs(int season, int games) {
    return with(PostSeason.playoffs(seed, season, games));
  }

  private Season with(List<Fixture> more) {
    Map<Integer, Fixture> all = new TreeMap<>(fixtures);
    more.forEach(fixture -> all.put(fixture.gameId(), fixture));
    return new Season(seed, all, cases, missingCharts);
  }

  /** Every game where the calendar first had it, in the order of the ids. */
  public List<Fixture> fixtures() {
    return List.copyOf(fixtures.values());
  }

  /** The games that can be listed on a day, for some moment, in the order of their ids. */
  public List<Fixture> on(LocalDate day) {
    List<Fixture> games = new ArrayList<>(days.getOrDefault(day, List.of()));
    for (Fixture earlier : days.getOrDefault(day.minusDays(MAKEUP_DAYS), List.of())) {
      if (is(earlier, EdgeCase.POSTPONED)) {
        games.add(earlier);
      }
    }
    games.sort(Comparator.comparingInt(Fixture::gameId));
    return games;
  }

  /** The last day that can have a game; empty if there is none. */
  public Optional<LocalDate> lastDay() {
    return days.isEmpty() ? Optional.empty() : Optional.of(days.lastKey());
  }

  public boolean has(int gameId) {
    return fixtures.containsKey(gameId);
  }

  /** Simulates a game to its end, where and when it is played in the end. */
  public GeneratedGame game(int gameId) {
    Fixture fixture = fixtures.get(gameId);
    if (fixture == null) {
      throw new IllegalArgumentException("No game %d in this season".formatted(gameId));
    }
    return GeneratedGame.play(
        seed,
        is(fixture, EdgeCase.POSTPONED) ? makeup(fixture) : fixture,
        club(fixture.away(), fixture.season()),
        club(fixture.home(), fixture.season()),
        casesOf(fixture));
  }

  /**
   * Where a game of this season stands.
   *
   * @param game as it ends
   * @param now empty for long after everything
   */
  public GameSnapshot snapshot(GeneratedGame game, Optional<Instant> now) {
    Fixture original = fixtures.getOrDefault(game.fixture().gameId(), game.fixture());
    boolean called = now.isEmpty() || !now.get().isBefore(original.start().minus(ANNOUNCED_BEFORE));
    if (is(original, EdgeCase.CANCELLED)) {
      return new GameSnapshot(game, Progress.before(GameState.FUT, called ? "CNCL" : "OK"), false);
    }
    boolean moved = now.isEmpty() || !now.get().isBefore(original.start().plus(MAKEUP_KNOWN_AFTER));
    if (is(original, EdgeCase.POSTPONED) && !moved) {
      Progress progress = Progress.before(GameState.FUT, called ? "PPD" : "OK");
      return new GameSnapshot(game.at(original), progress, false);
    }
    boolean chart = !is(original, EdgeCase.CHART_EMPTY);
    if (now.isEmpty()) {
      boolean preseason = original.gameType() == 1;
      return new GameSnapshot(game, preseason ? Progress.FINAL : Progress.OFFICIAL, chart);
    }
    Timeline timeline = new Timeline(seed, game);
    Progress progress = timeline.at(now.get());
    return new GameSnapshot(game.until(progress), progress, chart && timeline.chartAt(now.get()));
  }

  /** Whether a game has a peculiarity. */
  public boolean is(Fixture fixture, EdgeCase edgeCase) {
    return casesOf(fixture).contains(edgeCase);
  }

  private Set<EdgeCase> casesOf(Fixture fixture) {
    Set<EdgeCase> asked = cases.get(fixture.gameId());
    if (asked != null) {
      return asked;
    }
    SeededRandom random = SeededRandom.of(seed, CHARTS, fixture.gameId());
    if (random.chance(missingCharts)) {
      return Set.of(EdgeCase.CHART_EMPTY);
    }
    return random.chance(SHARE_WITH_DUPLICATES) ? Set.of(EdgeCase.CHART_DUPLICATES) : Set.of();
  }

  private static Fixture makeup(Fixture fixture) {
    return fixture.on(
        fixture.date().plusDays(MAKEUP_DAYS), fixture.start().plus(Duration.ofDays(MAKEUP_DAYS)));
  }

  private Club club(Team team, int season) {
    return clubs.computeIfAbsent(
        new ClubOfSeason(team.id(), season), key -> Club.of(seed, team, season));
  }
}
