package io.landfall.sandbox.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.sandbox.season.Answers;
import io.landfall.sandbox.season.Fixture;
import io.landfall.sandbox.season.GeneratedGame;
import io.landfall.sandbox.season.Progress;
import io.landfall.sandbox.season.Season;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A generated season behind the API. A few games are kept, the others are simulated again. */
final class GeneratedGames implements Games {

  private static final int KEPT = 64;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Season season;

  private final Map<Integer, GeneratedGame> kept =
      new LinkedHashMap<>(KEPT * 2, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, GeneratedGame> eldest) {
          return size() > KEPT;
        }
      };

  GeneratedGames(Season season) {
    this.season = season;
  }

  @Override
  public Optional<LocalDate> firstDay() {
    return season.days().isEmpty() ? Optional.empty() : Optional.of(season.days().firstKey());
  }

  @Override
  public Optional<LocalDate> lastDay() {
    return season.days().isEmpty() ? Optional.empty() : Optional.of(season.days().lastKey());
  }

  @Override
  public boolean has(int gameId) {
    return season.has(gameId);
  }

  @Override
  public List<Listing> on(LocalDate day) {
    List<Listing> listings = new ArrayList<>();
    for (Fixture fixture : season.on(day)) {
      GeneratedGame game = game(fixture.gameId());
      ObjectNode entry = tree(Answers.scheduleEntry(game, Progress.OFFICIAL));
      listings.add(new Listing(fixture.gameId(), day, entry));
    }
    return listings;
  }

  @Override
  public Optional<Body> body(int gameId, Resource resource) {
    return switch (resource) {
      case PLAY_BY_PLAY ->
          Optional.of(Body.plain(Answers.playByPlay(game(gameId), Progress.OFFICIAL)));
      case BOXSCORE -> Optional.of(Body.plain(Answers.boxScore(game(gameId), Progress.OFFICIAL)));
      case SHIFT_CHART -> Optional.of(Body.plain(Answers.shiftChart(game(gameId))));
      default -> Optional.empty();
    };
  }

  @Override
  public long version() {
    return 0;
  }

  GeneratedGame game(int gameId) {
    synchronized (kept) {
      return kept.computeIfAbsent(gameId, season::game);
    }
  }

  private static ObjectNode tree(byte[] json) {
    try {
      return JSON.readValue(json, ObjectNode.class);
    } catch (IOException e) {
      throw new UncheckedIOException("The generator wrote something that is not JSON", e);
    }
  }
}
