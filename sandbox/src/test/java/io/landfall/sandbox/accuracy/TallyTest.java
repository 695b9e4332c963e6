package io.landfall.sandbox.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.producer.shape.Shaped;
import io.landfall.sandbox.accuracy.ExpectedRows.Shifts;
import io.landfall.sandbox.season.Correction;
import io.landfall.sandbox.season.EdgeCase;
import io.landfall.sandbox.season.Fixture;
import io.landfall.sandbox.season.GeneratedGame;
import io.landfall.sandbox.season.Season;
import io.landfall.sandbox.season.Standing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
    for (int i = 0; i < GeneratedSeasons.games(20); i++) {
      long seed = GeneratedSeasons.seed() + i;
      Season season = GeneratedSeasons.with(seed, edgeCase);
      GeneratedGame game = season.game(GeneratedSeasons.FIRST);
      Shifts shifts = WITHOUT_CHART.contains(edgeCase) ? Shifts.BOX_SCORE : Shifts.CHART;
      compare(game, ShapedGame.of(season, game), shifts, seed);
    }
  }

  @Test
  void rowsOfAPlayoffGameWithTwoOvertimesAreTheTally() {
    int gameId = 2024030111;
    for (int i = 0; i < GeneratedSeasons.games(20); i++) {
      long seed = GeneratedSeasons.seed() + i;
      Season season =
          Season.of(seed, 1)
              .withPlayoffs(2024, 8)
              .having(Map.of(gameId, Set.of(EdgeCase.DOUBLE_OVERTIME)));
      GeneratedGame game = season.game(gameId);
      compare(game, ShapedGame.of(season, game), Shifts.CHART, seed);
    }
  }

  @Test
  void rowsOfAPreseasonGameAreTheTally() {
    long seed = GeneratedSeasons.seed();
    Season season = Season.of(seed, 1).withPreseason(2024, 10);
    for (Fixture fixture : season.fixtures()) {
      GeneratedGame game = season.game(fixture.gameId());
      compare(game, ShapedGame.of(season, game), Shifts.CHART, seed);
    }
  }

  @Test
  void aChartThatComesLateFillsWhatIsNull() {
    for (int i = 0; i < GeneratedSeasons.games(20); i++) {
      long seed = GeneratedSeasons.seed() + i;
      Season season = GeneratedSeasons.with(seed, EdgeCase.CHART_LATE);
      GeneratedGame game = season.game(GeneratedSeasons.FIRST);
      Duration afterwards = Duration.ofHours(6);
      Standing early = season.standing(game, Optional.of(game.fixture().start().plus(afterwards)));
      assertThat(early.chart()).isFalse();
      compare(game, ShapedGame.of(early), Shifts.BOX_SCORE, seed);
      compare(game, ShapedGame.of(season, game), Shifts.CHART, seed);
    }
  }

  @Test
  void theBoxScoreOfAutumn2023TellsSecondsButNoShifts() {
    for (int i = 0; i < GeneratedSeasons.games(20); i++) {
      long seed = GeneratedSeasons.seed() + i;
      Season season = GeneratedSeasons.with(seed, EdgeCase.OLD_GENERATION, EdgeCase.CHART_EMPTY);
      GeneratedGame game = season.game(GeneratedSeasons.FIRST);
      compare(game, ShapedGame.of(season, game), Shifts.BOX_SCORE_OF_2023, seed);
    }
  }

  @Test
  void aGameThatIsCalledOffOrNotOverHasNoRows() {
    long seed = GeneratedSeasons.seed();
    Season cancelled = GeneratedSeasons.with(seed, EdgeCase.CANCELLED);
    GeneratedGame never = cancelled.game(GeneratedSeasons.FIRST);
    assertThat(ShapedGame.of(cancelled, never).shape()).isInstanceOf(Shaped.Waiting.class);
    Season season = GeneratedSeasons.with(seed);
    GeneratedGame game = season.game(GeneratedSeasons.FIRST);
    for (int minutes = -60; minutes <= 120; minutes += 20) {
      Standing then =
          season.standing(
              game, Optional.of(game.fixture().start().plus(Duration.ofMinutes(minutes))));
      assertThat(ShapedGame.of(then).shape())
          .as("%d minutes after the start, -Dlandfall.seed=%d", minutes, seed)
          .isInstanceOf(Shaped.Waiting.class);
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
