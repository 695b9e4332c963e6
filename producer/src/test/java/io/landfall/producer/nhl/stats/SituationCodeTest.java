package io.landfall.producer.nhl.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.schemas.ItemAnswers;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who the shifts put on the ice is how many the situation code of each play says. */
class SituationCodeTest {

  @BeforeAll
  static void recordings() {
    Recordings.needed();
  }

  static List<Integer> charts() {
    return Recordings.games(Endpoint.SHIFT_CHART.label());
  }

  @ParameterizedTest
  @MethodSource("charts")
  void everyPlaySeesTheSkatersAndGoaliesOfItsCode(int gameId) throws UnusableAnswer {
    everyPlaySees(Recordings.game(gameId));
  }

  private static void everyPlaySees(ItemAnswers responses) throws UnusableAnswer {
    Evidence.Facts facts = Evidence.of(responses).facts().orElseThrow();
    IceTime iceTime = facts.iceTime();
    assertThat(iceTime).isNotNull();
    Roster roster = facts.game().roster();
    List<String> contradictions = new ArrayList<>();
    int compared = 0;
    for (Play play : facts.game().plays()) {
      if (play.type().isCounted() && !play.shootout() && !play.isPenaltyShot()) {
        compared++;
        Strength seen = roster.strength(iceTime.at(play));
        if (!seen.equals(play.strength())) {
          contradictions.add("%s sees %s".formatted(play, seen));
        }
      }
    }
    AccuracyReport.add(
        "Skaters and goalies on the ice = situation code",
        "plays",
        compared,
        contradictions.size());
    assertThat(compared).isGreaterThan(200);
    assertThat(contradictions).hasSizeLessThanOrEqualTo(KNOWN_CONTRADICTIONS);
  }

  /** A change of lines on the second of a play: one play of a thousand, in one game at most one. */
  private static final int KNOWN_CONTRADICTIONS = 1;

  /** Three more games, one with two overtimes, of which only an extract is kept. */
  @ParameterizedTest
  @MethodSource("extracts")
  void everyPlayOfAnExtractedGameSeesThemToo(int gameId) throws UnusableAnswer {
    everyPlaySees(Extracts.game(gameId));
  }

  static List<Integer> extracts() {
    return Extracts.GAMES;
  }

  @ParameterizedTest
  @MethodSource("charts")
  void secondsOfTheFourStrengthsAddUpToAll(int gameId) {
    List<GenericRecord> rows = Answers.rows(Recordings.game(gameId));
    for (int i = 0; i < rows.size(); i += 5) {
      double sum = 0;
      for (int situation = 1; situation < 5; situation++) {
        sum += (Double) rows.get(i + situation).get("icetime");
      }
      assertThat(sum).as("%s", rows.get(i).get("name")).isEqualTo(rows.get(i).get("icetime"));
    }
    AccuracyReport.add(
        "Seconds of the four strengths add up to all", "skaters", rows.size() / 5, 0);
  }
}
