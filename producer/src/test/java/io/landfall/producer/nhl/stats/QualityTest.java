package io.landfall.producer.nhl.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.producer.nhl.stats.Quality.Check;
import io.landfall.schemas.ItemAnswers;
import org.junit.jupiter.api.Test;

/** How much answers say, so that a poorer set is known from a better one. */
class QualityTest {

  private static final int GAME = 2024020001;

  private static Quality quality(ItemAnswers answers) throws UnusableAnswer {
    return Evidence.of(answers).quality();
  }

  @Test
  void ofARecordedGame() throws Exception {
    Recordings.needed();
    ItemAnswers all = Recordings.game(GAME);
    assertThat(quality(all))
        .isEqualTo(new Quality(349, 816, 0, 40, Check.PASSED, Check.PASSED, Check.PASSED));
    assertThat(quality(Answers.without(all, "shiftcharts")))
        .isEqualTo(new Quality(349, 0, 0, 40, Check.PASSED, Check.PASSED, Check.NOT_MADE));
    assertThat(quality(Answers.without(all, "boxscore")))
        .isEqualTo(new Quality(349, 816, 0, 0, Check.PASSED, Check.NOT_MADE, Check.NOT_MADE));
    assertThat(quality(Answers.without(all, "play-by-play"))).isEqualTo(Quality.NOTHING);
  }

  @Test
  void ofChecksThatFail() throws Exception {
    SmallGame game = new SmallGame();
    game.line(11).put("hits", 1).put("toi", "10:00");
    game.shift(11, 1, "00:00", "05:00");
    assertThat(quality(game.responses()))
        .isEqualTo(new Quality(8, 1, 0, 6, Check.NOT_MADE, Check.FAILED, Check.FAILED));
    game.plays.put("id", 7);
    ItemAnswers another = game.responses();
    assertThat(Completeness.judge(another.getItem(), ParsedAnswer.byEndpoint(another)).quality())
        .isEmpty();
  }
}
