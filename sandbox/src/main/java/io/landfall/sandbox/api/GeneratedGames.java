package io.landfall.sandbox.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.sandbox.season.Change;
import io.landfall.sandbox.season.Correction;
import io.landfall.sandbox.season.EdgeCase;
import io.landfall.sandbox.season.Fixture;
import io.landfall.sandbox.season.GameJson;
import io.landfall.sandbox.season.GameSnapshot;
import io.landfall.sandbox.season.GeneratedGame;
import io.landfall.sandbox.season.Season;
import io.landfall.sandbox.server.Body;
import io.landfall.sandbox.server.SimulatedClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * A generated season behind the API: what each game answers now, by the simulated clock and after
 * the corrections so far. A few games are kept, the others are simulated again when asked for.
 */
final class GeneratedGames implements GameSource {

  private static final int CACHED_GAMES = 200;
  private static final int REQUESTS_UNTIL_LATE_CHART = 2;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Season season;
  private final SimulatedClock clock;
  private final Map<Integer, List<Correction>> corrections = new ConcurrentHashMap<>();
  private final Map<Integer, Integer> chartRequests = new ConcurrentHashMap<>();
  private final AtomicLong version = new AtomicLong();

  private final Map<Integer, GeneratedGame> cache =
      new LinkedHashMap<>(CACHED_GAMES * 2, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, GeneratedGame> eldest) {
          return size() > CACHED_GAMES;
        }
      };

  GeneratedGames(Season season, SimulatedClock clock) {
    this.season = season;
    this.clock = clock;
  }

  @Override
  public Optional<LocalDate> lastDay() {
    return season.lastDay();
  }

  @Override
  public boolean has(int gameId) {
    return season.has(gameId);
  }

  @Override
  public List<ScheduleEntry> on(LocalDate day) {
    List<ScheduleEntry> listings = new ArrayList<>();
    for (Fixture fixture : season.on(day)) {
      GameSnapshot snapshot = snapshot(fixture.gameId());
      if (snapshot.game().fixture().date().equals(day)) {
        ObjectNode entry = tree(GameJson.scheduleEntry(snapshot));
        listings.add(new ScheduleEntry(fixture.gameId(), day, entry));
      }
    }
    return listings;
  }

  @Override
  public Optional<Body> body(int gameId, Resource resource) {
    return switch (resource) {
      case PLAY_BY_PLAY -> Optional.of(Body.plain(GameJson.playByPlay(snapshot(gameId))));
      case BOXSCORE -> Optional.of(Body.plain(GameJson.boxScore(snapshot(gameId))));
      case SHIFT_CHART -> Optional.of(Body.plain(shiftChart(gameId)));
      default -> Optional.empty();
    };
  }

  @Override
  public long version() {
    return version.get();
  }

  Season season() {
    return season;
  }

  /** The game as it stands after its corrections, played to the end. */
  GeneratedGame game(int gameId) {
    synchronized (cache) {
      GeneratedGame game = cache.get(gameId);
      if (game != null) {
        return game;
      }
    }
    GeneratedGame game = corrected(season.game(gameId));
    synchronized (cache) {
      cache.put(gameId, game);
    }
    return game;
  }

  GameSnapshot snapshot(int gameId) {
    return season.snapshot(game(gameId), clock.now());
  }

  /** How many corrections a game has had. */
  int corrections(int gameId) {
    return corrections.getOrDefault(gameId, List.of()).size();
  }

  /**
   * Corrects a game from now on.
   *
   * @return empty if it has nothing to correct in that way
   */
  synchronized Optional<CorrectedGame> correct(int gameId, Correction kind) {
    GeneratedGame before = game(gameId);
    Optional<GeneratedGame> after = kind.correct(before, corrections(gameId));
    after.ifPresent(
        game -> {
          corrections.merge(gameId, List.of(kind), GeneratedGames::joined);
          synchronized (cache) {
            cache.put(gameId, game);
          }
          version.incrementAndGet();
        });
    return after.map(game -> new CorrectedGame(gameId, kind, Change.between(before, game)));
  }

  private GeneratedGame corrected(GeneratedGame original) {
    GeneratedGame game = original;
    List<Correction> kinds = corrections.getOrDefault(original.fixture().gameId(), List.of());
    for (int number = 0; number < kinds.size(); number++) {
      game = kinds.get(number).correct(game, number).orElse(game);
    }
    return game;
  }

  private byte[] shiftChart(int gameId) {
    GameSnapshot snapshot = snapshot(gameId);
    boolean late = season.is(snapshot.game().fixture(), EdgeCase.CHART_LATE);
    boolean polled =
        late
            && clock.now().isEmpty()
            && chartRequests.merge(gameId, 1, Integer::sum) <= REQUESTS_UNTIL_LATE_CHART;
    return snapshot.chart() && !polled
        ? GameJson.shiftChart(snapshot.game())
        : GameJson.noShiftChart();
  }

  private static List<Correction> joined(List<Correction> some, List<Correction> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  private static ObjectNode tree(byte[] json) {
    try {
      return JSON.readValue(json, ObjectNode.class);
    } catch (IOException e) {
      throw new UncheckedIOException("The generator wrote something that is not JSON", e);
    }
  }
}
