package io.landfall.sandbox.season;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeasonTest {

  @Test
  void aSeasonHasTheShapeOfARealOne() {
    for (long seed = 1; seed <= 2; seed++) {
      List<Fixture> games = Season.of(seed, Calendar.GAMES).fixtures();
      Map<String, Integer> home = new HashMap<>();
      Map<String, Integer> away = new HashMap<>();
      Map<LocalDate, Integer> days = new HashMap<>();
      Set<String> busy = new HashSet<>();
      for (Fixture game : games) {
        home.merge(game.home().abbreviation(), 1, Integer::sum);
        away.merge(game.away().abbreviation(), 1, Integer::sum);
        days.merge(game.date(), 1, Integer::sum);
        assertThat(busy.add(game.date() + game.home().abbreviation())).isTrue();
        assertThat(busy.add(game.date() + game.away().abbreviation())).isTrue();
      }
      assertThat(games).hasSize(1312);
      assertThat(home).hasSize(32).allSatisfy((team, count) -> assertThat(count).isEqualTo(41));
      assertThat(away).hasSize(32).allSatisfy((team, count) -> assertThat(count).isEqualTo(41));
      assertThat(days).hasSize(178);
      assertThat(days.values()).allMatch(count -> count >= 1 && count <= 16);
      assertThat(games.get(0).date()).isEqualTo("2024-10-04");
      assertThat(games.get(0).gameId()).isEqualTo(2024020001);
      assertThat(games.get(1311).gameId()).isEqualTo(2024021312);
    }
  }

  @Test
  void theHistoryBeginsIn2023AndEndsInTheThirdSeason() {
    List<Fixture> games = Season.of(1, 3424).fixtures();
    assertThat(games).hasSize(3424);
    assertThat(games.get(0).gameId()).isEqualTo(2023020001);
    assertThat(games.get(0).date()).isEqualTo("2023-10-10");
    assertThat(games.get(3423).gameId()).isEqualTo(2025020800);
    assertThat(games).noneMatch(game -> game.season() < 2024 && game.home().id() == 59);
    assertThat(games).noneMatch(game -> game.season() > 2023 && game.home().id() == 53);
  }

  @Test
  void theFortyOfAGameAreFortyPeople() {
    Season season = Season.of(3, 50);
    for (Fixture fixture : season.fixtures()) {
      List<Person> players = season.game(fixture.gameId()).players();
      assertThat(players.stream().map(Person::playerId).distinct()).hasSize(40);
      for (int team = 0; team < 2; team++) {
        List<Person> own = players.subList(team * 20, team * 20 + 20);
        assertThat(own.stream().map(Person::sweater).distinct()).hasSize(20);
      }
    }
  }

  @Test
  void aGameGoesThroughItsStatesInOrderWhileItsPlaysGrow() {
    Season season = Season.of(9, 6);
    for (Fixture fixture : season.fixtures()) {
      GeneratedGame game = season.game(fixture.gameId());
      List<GameState> states = new ArrayList<>();
      int plays = 0;
      Instant now = fixture.start().minus(Duration.ofHours(2));
      for (int minute = 0; minute < 480; minute++) {
        GameSnapshot snapshot = season.snapshot(game, Optional.of(now));
        GameState state = snapshot.progress().state();
        if (states.isEmpty() || states.get(states.size() - 1) != state) {
          states.add(state);
        }
        ReadGame read = ReadGame.of(snapshot);
        assertThat(read.playByPlay.get("plays").size()).isGreaterThanOrEqualTo(plays);
        plays = read.playByPlay.get("plays").size();
        now = now.plus(Duration.ofMinutes(minute % 40 == 0 ? 1 : 7));
        if (state == GameState.OFF) {
          break;
        }
      }
      assertThat(states).isSorted().startsWith(GameState.FUT).endsWith(GameState.OFF);
      assertThat(states).contains(GameState.LIVE, GameState.FINAL);
      assertThat(plays).isEqualTo(game.plays().size());
    }
  }

  @Test
  void theShiftChartTrailsTheGame() {
    Season season = Seasons.with(9, EdgeCase.CHART_LATE);
    GeneratedGame game = season.game(Seasons.FIRST);
    Instant start = game.fixture().start();
    assertThat(season.snapshot(game, Optional.of(start.plus(Duration.ofHours(4)))).chart())
        .isFalse();
    assertThat(season.snapshot(game, Optional.of(start.plus(Duration.ofDays(4)))).chart()).isTrue();
    assertThat(season.snapshot(game, Optional.empty()).chart()).isTrue();
    Season never = Seasons.with(9, EdgeCase.CHART_EMPTY);
    assertThat(never.snapshot(game, Optional.of(start.plus(Duration.ofDays(900)))).chart())
        .isFalse();
  }

  @Test
  void aPostponedGameKeepsItsIdAndMoves() {
    Season season = Seasons.with(9, EdgeCase.POSTPONED);
    Fixture first = season.fixtures().get(0);
    GeneratedGame game = season.game(first.gameId());
    Instant start = first.start();
    assertThat(at(season, game, start.minus(Duration.ofHours(10)))).isEqualTo("FUT OK 2024-10-04");
    assertThat(at(season, game, start)).isEqualTo("FUT PPD 2024-10-04");
    assertThat(at(season, game, start.plus(Duration.ofDays(2)))).isEqualTo("FUT OK 2024-10-25");
    assertThat(at(season, game, start.plus(Duration.ofDays(22)))).isEqualTo("OFF OK 2024-10-25");
  }

  @Test
  void aCancelledGameNeverStarts() {
    Season season = Seasons.with(9, EdgeCase.CANCELLED);
    GeneratedGame game = season.game(Seasons.FIRST);
    assertThat(at(season, game, game.fixture().start().plus(Duration.ofDays(150))))
        .isEqualTo("FUT CNCL 2024-10-04");
  }

  private static String at(Season season, GeneratedGame game, Instant now) {
    GameSnapshot snapshot = season.snapshot(game, Optional.of(now));
    Progress progress = snapshot.progress();
    return "%s %s %s"
        .formatted(progress.state(), progress.scheduleState(), snapshot.game().fixture().date());
  }

  @Test
  void theShareOfMissingChartsIsAboutWhatWasAskedFor() {
    Season season = Season.of(4, 1312).missingCharts(0.05);
    long missing =
        season.fixtures().stream().filter(game -> season.is(game, EdgeCase.CHART_EMPTY)).count();
    assertThat(missing).isBetween(40L, 95L);
  }
}
