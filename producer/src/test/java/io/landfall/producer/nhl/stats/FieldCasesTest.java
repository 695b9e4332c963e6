package io.landfall.producer.nhl.stats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.landfall.producer.source.Shaped;
import io.landfall.schemas.ItemAnswers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Answers that went wrong in the field, each the recorded game 2024020001 with one thing changed:
 * what is odd costs itself, and what is not known is null.
 */
class FieldCasesTest {

  private static final int GAME = 2024020001;
  private static final List<String> SITUATIONS = List.of("5on5", "5on4", "4on5", "other");

  private static ItemAnswers answers(String name) {
    Path folder = Recordings.root().resolve("cases").resolve(name);
    assumeThat(folder).as("the case %s is not in %s", name, Recordings.root()).isDirectory();
    Path nested = folder.resolve("games");
    Path game = (Files.isDirectory(nested) ? nested : folder).resolve(Integer.toString(GAME));
    Path reports = folder.resolve("htmlreports/20242025");
    Map<Endpoint, Path> files =
        Map.of(
            Endpoint.PLAY_BY_PLAY, game.resolve("play-by-play.json.gz"),
            Endpoint.BOX_SCORE, game.resolve("boxscore.json.gz"),
            Endpoint.SHIFT_CHART, game.resolve("shiftcharts.json.gz"),
            Endpoint.SHIFTS_HTML_HOME, reports.resolve("TH020001.HTM.gz"),
            Endpoint.SHIFTS_HTML_AWAY, reports.resolve("TV020001.HTM.gz"));
    Map<String, byte[]> bodies = new LinkedHashMap<>();
    for (Endpoint endpoint : Endpoint.values()) {
      Path file = Objects.requireNonNull(files.get(endpoint));
      if (Files.exists(file)) {
        bodies.put(endpoint.label(), Recordings.read(file));
      }
    }
    return Answers.of(GAME, bodies);
  }

  private static List<GenericRecord> rows(String name) {
    return Answers.rows(answers(name));
  }

  private static List<GenericRecord> recorded() {
    return Answers.rows(Recordings.game(GAME));
  }

  private static Map<Endpoint, Gap> gaps(ItemAnswers answers) {
    try {
      return Evidence.of(answers).missing();
    } catch (UnusableAnswer e) {
      throw new AssertionError(e);
    }
  }

  private static Map<Endpoint, Gap> gaps(String name) {
    return gaps(answers(name));
  }

  /** The columns that are not as recorded, in any row. */
  private static Map<String, Integer> different(List<GenericRecord> rows) {
    List<GenericRecord> recorded = recorded();
    assertThat(rows).hasSameSizeAs(recorded);
    Map<String, Integer> different = new HashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      for (var field : Columns.SCHEMA.getFields()) {
        if (!Objects.equals(rows.get(i).get(field.pos()), recorded.get(i).get(field.pos()))) {
          different.merge(field.name(), 1, Integer::sum);
        }
      }
    }
    return different;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "coordinates-as-text",
        "details-null-filled",
        "no-sort-order",
        "no-sweater-number",
        "shift-empty-end"
      })
  void whatChangesNothing(String name) {
    assertThat(different(rows(name))).isEmpty();
    assertThat(gaps(name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"period5-rows", "html-complete-chart-never"})
  void whatIsCompleteAllTheSame(String name) {
    assertThat(gaps(name)).isEmpty();
    Map<String, Integer> different = different(rows(name));
    different.remove("_coverage");
    assertThat(different).isEmpty();
  }

  @Test
  void theReportsAreNamedAsTheSource() {
    assertThat(rows("html-complete-chart-never").get(0).get("_coverage"))
        .isEqualTo("plays+boxscore+shifts-html");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "roster-duplicate",
        "roster-null-position",
        "no-defending-side",
        "defending-side-flipped-p2",
        "no-situation-code",
        "toi-one-second",
        "box-one-shot-more"
      })
  void whatTheOtherAnswersMakeGood(String name) {
    // The seconds are the chart's, the counts the plays', a strength without a code the chart's.
    Map<String, Integer> different = different(rows(name));
    if (name.equals("no-situation-code")) {
      // At one play a line changed on the very second.
      assertThat(different.values()).allMatch(rows -> rows <= 2 * 36);
    } else {
      assertThat(different).isEmpty();
    }
    assertThat(gaps(name).values()).allMatch(Gap::small);
  }

  @Test
  void whatWasOddIsNamed() {
    assertThat(reason("roster-duplicate"))
        .isEqualTo("odd roster spots: 1 (player 8474593 is listed twice)");
    assertThat(reason("roster-null-position")).contains("has the position null");
    assertThat(reason("defending-side-flipped-p2"))
        .isEqualTo("homeTeamDefendingSide contradicts itself or the zone codes in periods [2]");
    assertThat(reason("coordinate-not-a-number"))
        .isEqualTo("fields not as the API has them: 1 (/plays/3/details/xCoord)");
    assertThat(reason("roster-without-goalie"))
        .isEqualTo("odd roster spots: 1 (player 8480045 is in the box score only)");
    assertThat(gaps("toi-one-second"))
        .containsExactly(
            Map.entry(
                Endpoint.SHIFT_CHART,
                new Gap("time on ice of 1 players is up to 1 s from the box score's", true)));
    assertThat(gaps("box-one-shot-more"))
        .containsExactly(
            Map.entry(
                Endpoint.BOX_SCORE,
                new Gap("disagrees with the plays, in skaters: shots on goal of 1", true)));
  }

  private static String reason(String name) {
    return Objects.requireNonNull(gaps(name).get(Endpoint.PLAY_BY_PLAY)).reason();
  }

  @ParameterizedTest
  @ValueSource(strings = {"coordinate-not-a-number", "nan-coordinate"})
  void aCoordinateThatIsNoneIsNowhere(String name) {
    Map<String, Integer> different = different(rows(name));
    assertThat(different).isNotEmpty();
    assertThat(different.keySet()).allMatch(column -> column.contains("DangerShots"));
    assertThat(new ParsedAnswer(Endpoint.PLAY_BY_PLAY, answers(name).getAnswers().get(0)).broken())
        .isEmpty();
  }

  @Test
  void aGoalieWhomTheRosterLacksIsTheBoxScores() {
    assertThat(different(rows("roster-without-goalie"))).isEmpty();
  }

  @Test
  void aGoalieWhomNobodyKnowsMakesTheStrengthsUnknown() {
    ItemAnswers answers = answers("roster-without-goalie");
    ItemAnswers without =
        Answers.with(
            answers,
            "boxscore",
            new String(body(answers, "boxscore"), UTF_8)
                .replace("\"playerId\":8480045", "\"playerId\":0")
                .replace("\"playerId\": 8480045", "\"playerId\": 0")
                .getBytes(UTF_8));
    assertThat(Objects.requireNonNull(gaps(without).get(Endpoint.PLAY_BY_PLAY)))
        .isEqualTo(new Gap("on the ice, but in no roster: player 8480045", false));
    Map<String, Integer> different = different(Answers.rows(without));
    assertThat(different).containsOnlyKeys("icetime", "iceTimeRank", "shifts");
    for (GenericRecord row : Answers.rows(without)) {
      assertThat(row.get("icetime") == null)
          .isEqualTo(SITUATIONS.contains(String.valueOf(row.get("situation"))));
    }
  }

  private static byte[] body(ItemAnswers answers, String endpoint) {
    return answers.getAnswers().stream()
        .filter(answer -> answer.getEndpoint().equals(endpoint))
        .findFirst()
        .orElseThrow()
        .getBody()
        .array();
  }

  @Test
  void playsThatTheHeaderRefutesAreNoFacts() {
    ItemAnswers answers = answers("plays-truncated");
    assertThat(reason("plays-truncated"))
        .startsWith("plays are missing: goals are 2-0, the score says 4-1, shots on goal of");
    for (GenericRecord row : Answers.rows(answers)) {
      assertThat(row.get("_coverage")).isEqualTo("boxscore+shifts");
      assertThat(row.get("I_F_goals")).isNull();
      assertThat(row.get("hitsAgainst")).isNull();
      assertThat(row.get("OnIce_F_goals")).isNull();
      assertThat(row.get("corsiPercentage")).isNull();
      assertThat(row.get("icetime")).isNotNull();
    }
    ItemAnswers alone = Answers.without(Answers.without(answers, "boxscore"), "shiftcharts");
    assertThat(new NhlShaper().shape(alone)).isInstanceOf(Shaped.Waiting.class);
  }

  @Test
  void strengthsThatNobodyTellsAreNull() {
    List<GenericRecord> rows =
        Answers.rows(Answers.without(answers("no-situation-code"), "shiftcharts"));
    List<GenericRecord> recorded = recorded();
    for (int i = 0; i < rows.size(); i++) {
      boolean all = rows.get(i).get("situation").equals("all");
      assertThat(rows.get(i).get("I_F_shotsOnGoal"))
          .isEqualTo(all ? recorded.get(i).get("I_F_shotsOnGoal") : null);
      assertThat(rows.get(i).get("hitsFor")).isEqualTo(all ? recorded.get(i).get("hitsFor") : null);
    }
  }

  @Test
  void kindsOfEventThatTheFeedDoesNotTellAreNull() {
    assertThat(reason("old-season-feed"))
        .startsWith(
            "no plays of kind face-off, hit, giveaway, missed-shot, blocked-shot, takeaway;");
    for (GenericRecord row : rows("old-season-feed")) {
      boolean all = row.get("situation").equals("all");
      for (String column :
          List.of(
              "I_F_hits",
              "faceOffsWonFor",
              "hitsFor",
              "shotAttemptsFor",
              "I_F_missedShots",
              "I_F_rebounds",
              "takeawaysAgainst",
              "blockedShotAttemptsFor",
              "corsiFor")) {
        assertThat(row.get(column)).as(column).isNull();
      }
      assertThat(row.get("I_F_goals") != null).isEqualTo(all);
      assertThat(row.get("shotsOnGoalFor") != null).isEqualTo(all);
    }
  }

  @Test
  void penaltyWithoutDurationAndNameWithoutDefault() {
    assertThat(different(rows("name-without-default"))).isEmpty();
    Map<String, Integer> different = different(rows("penalty-without-duration"));
    assertThat(different).containsOnlyKeys("penalityMinutesFor", "penalityMinutesAgainst");
  }

  @Test
  void aGameInAnUnknownStateHasEndedIfItsPlaysSaySo() {
    assertThat(different(rows("unknown-final-state"))).isEmpty();
    assertThat(gaps("unknown-final-state")).isEmpty();
  }
}
