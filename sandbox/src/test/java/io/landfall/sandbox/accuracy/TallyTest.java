package io.landfall.sandbox.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.producer.source.Shaped;
import io.landfall.sandbox.accuracy.ExpectedRows.Shifts;
import io.landfall.sandbox.season.Correction;
import io.landfall.sandbox.season.EdgeCase;
import io.landfall.sandbox.season.Fixture;
import io.landfall.sandbox.season.GeneratedGame;
import io.landfall.sandbox.season.Season;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Every column of every row of generated games is what the generator counted. */
class TallyTest {

  private static final Set<EdgeCase> WITHOUT_CHART =
      Set.of(EdgeCase.CHART_EMPTY, EdgeCase.CHART_PLAYER_MISSING);

  private static final int MOST_PLAYOFF_GAMES = 56;

  private static void compare(GeneratedGame game, ShapedGame shaped, Shifts shifts, long seed) {
    assertThat(new ExpectedRows(game, shifts).differences(shaped.rows()))
        .as("game %d, -Dlandfall.seed=%d", game.fixture().gameId(), seed)
        .isEmpty();
  }

  @Test
  void rowsOfAnyGameAreTheTally() {
    long seed = GeneratedSeasons.seed();
    int games = GeneratedSeasons.games(1);
    for (int done = 0; done < games; done += GeneratedSeasons.HISTORY) {
      Season season = Season.of(seed + done, GeneratedSeasons.HISTORY);
      List<Fixture> fixtures = season.fixtures();
      int some = Math.min(GeneratedSeasons.HISTORY, games - done);
      for (int i = 0; i < some; i++) {
        int place = (int) ((long) i * GeneratedSeasons.HISTORY / some);
        GeneratedGame game = season.game(fixtures.get(place).gameId());
        compare(game, ShapedGame.of(season, game), Shifts.CHART, seed + done);
      }
    }
  }

  /** Those that are left out are tested by name below. */
  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"CANCELLED", "DOUBLE_OVERTIME"})
  void rowsOfAPeculiarGameAreTheTally(EdgeCase edgeCase) {
    Shifts shifts = WITHOUT_CHART.contains(edgeCase) ? Shifts.BOX_SCORE : Shifts.CHART;
    compareAll(GeneratedSeasons.of(GeneratedSeasons.games(20), edgeCase), shifts);
  }

  @Test
  void rowsOfAPlayoffGameWithTwoOvertimesAreTheTally() {
    int games = Math.min(MOST_PLAYOFF_GAMES, GeneratedSeasons.games(20));
    Season playoffs = Season.of(GeneratedSeasons.seed(), 0).withPlayoffs(2024, games);
    assertThat(playoffs.fixtures()).hasSize(games);
    compareAll(GeneratedSeasons.having(playoffs, EdgeCase.DOUBLE_OVERTIME), Shifts.CHART);
  }

  @Test
  void rowsOfAPreseasonGameAreTheTally() {
    compareAll(
        Season.of(GeneratedSeasons.seed(), 0).withPreseason(2024, GeneratedSeasons.games(20)),
        Shifts.CHART);
  }

  @Test
  void theBoxScoreOfAutumn2023TellsSecondsButNoShifts() {
    compareAll(
        GeneratedSeasons.of(
            GeneratedSeasons.games(20), EdgeCase.OLD_GENERATION, EdgeCase.CHART_EMPTY),
        Shifts.BOX_SCORE_OF_2023);
  }

  private static void compareAll(Season season, Shifts shifts) {
    for (Fixture fixture : season.fixtures()) {
      GeneratedGame game = season.game(fixture.gameId());
      compare(game, ShapedGame.of(season, game), shifts, GeneratedSeasons.seed());
    }
  }

  @Test
  void aChartThatComesLateFillsWhatIsNull() {
    Season season = GeneratedSeasons.of(GeneratedSeasons.games(20), EdgeCase.CHART_LATE);
    for (Fixture fixture : season.fixtures()) {
      GeneratedGame game = season.game(fixture.gameId());
      Optional<Instant> early = Optional.of(fixture.start().plus(Duration.ofHours(6)));
      assertThat(season.snapshot(game, early).chart()).isFalse();
      ShapedGame without = ShapedGame.of(season.snapshot(game, early));
      compare(game, without, Shifts.BOX_SCORE, GeneratedSeasons.seed());
      compare(game, ShapedGame.of(season, game), Shifts.CHART, GeneratedSeasons.seed());
    }
  }

  @Test
  void aGameThatIsCalledOffOrNotOverHasNoRows() {
    Season cancelled = GeneratedSeasons.of(2, EdgeCase.CANCELLED);
    for (Fixture fixture : cancelled.fixtures()) {
      assertThat(ShapedGame.of(cancelled, cancelled.game(fixture.gameId())).shape())
          .isInstanceOf(Shaped.Waiting.class);
    }
    Season season = GeneratedSeasons.of(2);
    for (Fixture fixture : season.fixtures()) {
      GeneratedGame game = season.game(fixture.gameId());
      for (int minutes = -60; minutes <= 120; minutes += 20) {
        Instant now = fixture.start().plus(Duration.ofMinutes(minutes));
        assertThat(ShapedGame.of(season.snapshot(game, Optional.of(now))).shape())
            .as("%d minutes, -Dlandfall.seed=%d", minutes, GeneratedSeasons.seed())
            .isInstanceOf(Shaped.Waiting.class);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void rowsOfACorrectedGameAreItsNewTally(Correction kind) {
    long seed = GeneratedSeasons.seed();
    int games = GeneratedSeasons.games(10);
    Season season = Season.of(seed, games);
    for (Fixture fixture : season.fixtures()) {
      GeneratedGame game = season.game(fixture.gameId());
      Optional<GeneratedGame> once = kind.correct(game, 0);
      Optional<GeneratedGame> twice = once.flatMap(other -> Correction.SCORER.correct(other, 1));
      for (Optional<GeneratedGame> corrected : List.of(once, twice)) {
        corrected.ifPresent(
            after -> compare(after, ShapedGame.of(season, after), Shifts.CHART, seed));
      }
    }
  }

  @Test
  void aCorrectionOfZonesAloneChangesNoRow() {
    long seed = GeneratedSeasons.seed();
    Season season = Season.of(seed, GeneratedSeasons.games(20));
    for (Fixture fixture : season.fixtures()) {
      GeneratedGame game = season.game(fixture.gameId());
      GeneratedGame after = Correction.ZONES_FLIPPED.correct(game, 0).orElseThrow();
      assertThat(ShapedGame.of(season, after).hashes())
          .as("game %d, -Dlandfall.seed=%d", fixture.gameId(), seed)
          .isEqualTo(ShapedGame.of(season, game).hashes());
    }
  }
}
