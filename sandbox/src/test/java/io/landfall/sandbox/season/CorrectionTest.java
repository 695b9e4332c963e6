package io.landfall.sandbox.season;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CorrectionTest {

  private static final Season SEASON = Season.of(5, 40);

  @ParameterizedTest
  @EnumSource
  void theAnswersOfACorrectedGameAgreeAgain(Correction kind) {
    for (Fixture fixture : SEASON.fixtures()) {
      GeneratedGame game = SEASON.game(fixture.gameId());
      kind.correct(game, 0)
          .ifPresent(
              after -> Identities.check(ReadGame.of(SEASON.snapshot(after, Optional.empty()))));
    }
  }

  @Test
  void anotherScorerMovesAGoalFromOnePlayerToAnother() {
    GeneratedGame game = withGoals();
    GeneratedGame after = Correction.SCORER.correct(game, 0).orElseThrow();
    List<Change> goals =
        Change.between(game, after).stream()
            .filter(change -> change.situation().equals("all") && change.metric() == Metric.GOALS)
            .toList();
    assertThat(goals).hasSize(2);
    assertThat(goals.get(0).after() - goals.get(0).before())
        .isEqualTo(goals.get(1).before() - goals.get(1).after());
    assertThat(goals.get(0).player().team()).isEqualTo(goals.get(1).player().team());
  }

  private static GeneratedGame withGoals() {
    return SEASON.fixtures().stream()
        .map(fixture -> SEASON.game(fixture.gameId()))
        .filter(game -> game.score(Side.HOME) + game.score(Side.AWAY) > 2)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void removedHitsRenumberSortOrderAndKeepEventIds() {
    GeneratedGame game = SEASON.game(2024020003);
    GeneratedGame after = Correction.HITS_REMOVED.correct(game, 0).orElseThrow();
    List<Integer> before = game.plays().stream().map(Play::eventId).toList();
    assertThat(after.plays()).hasSize(game.plays().size() - 2);
    assertThat(before).containsAll(after.plays().stream().map(Play::eventId).toList());
    assertThat(lastSortOrder(after)).isNotEqualTo(lastSortOrder(game));
  }

  private static int lastSortOrder(GeneratedGame game) {
    var plays = ReadGame.of(SEASON.snapshot(game, Optional.empty())).playByPlay.get("plays");
    return plays.get(plays.size() - 1).get("sortOrder").asInt();
  }

  @Test
  void placesAndZonesChangeNoCountButDangerClasses() {
    GeneratedGame game = SEASON.game(2024020003);
    for (Correction kind : List.of(Correction.COORDINATES_MOVED, Correction.ZONES_FLIPPED)) {
      GeneratedGame after = kind.correct(game, 0).orElseThrow();
      assertThat(Change.between(game, after))
          .allMatch(change -> change.metric().name().contains("_DANGER_"))
          .allMatch(change -> kind == Correction.COORDINATES_MOVED);
      assertThat(GameJson.playByPlay(SEASON.snapshot(after, Optional.empty())))
          .isNotEqualTo(GameJson.playByPlay(SEASON.snapshot(game, Optional.empty())));
    }
  }

  @Test
  void theSameCorrectionIsTheSameEachTime() {
    GeneratedGame game = withGoals();
    assertThat(Correction.SCORER.correct(game, 0).orElseThrow().plays())
        .isEqualTo(Correction.SCORER.correct(game, 0).orElseThrow().plays());
  }
}
