package io.landfall.producer.nhl.stats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static net.jqwik.api.GenerationMode.EXHAUSTIVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.schemas.ContentHash;
import io.landfall.schemas.ItemAnswers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

/** What must hold of any game, tried on all recordings and on disturbed ones. */
@AddLifecycleHook(NeedsRecordings.class)
class LawsTest {

  private static final List<String> COUNTED =
      List.of(
          "shotsOnGoal",
          "missedShots",
          "blockedShotAttempts",
          "shotAttempts",
          "unblockedShotAttempts",
          "goals");

  /** Columns {@code …For} of a team that have an {@code …Against}, those always null included. */
  private static final int TEAM_PAIRS = 25;

  private static final int GOAL = 505;
  private static final int SHOT_ON_GOAL = 506;
  private static final int MISSED_SHOT = 507;
  private static final int BLOCKED_SHOT = 508;

  /** A game, and the seed of what is done to its answers. */
  record Disturbed(int gameId, long seed) {}

  /** Every one of them: a law that is broken by one game in thirty must fail each time. */
  @Provide
  Arbitrary<Integer> recordedGames() {
    return Arbitraries.of(Recordings.games(Endpoint.PLAY_BY_PLAY.label()));
  }

  @Provide
  Arbitrary<Integer> charts() {
    return Arbitraries.of(Recordings.games(Endpoint.SHIFT_CHART.label()));
  }

  @Provide
  Arbitrary<Disturbed> disturbedGames() {
    return Arbitraries.of(disturbed(Recordings.games(Endpoint.PLAY_BY_PLAY.label()), 1));
  }

  @Provide
  Arbitrary<Disturbed> disturbedCharts() {
    return Arbitraries.of(disturbed(Recordings.games(Endpoint.SHIFT_CHART.label()), 8));
  }

  private static List<Disturbed> disturbed(List<Integer> games, int times) {
    Random seeds = new Random();
    return games.stream()
        .flatMap(game -> seeds.longs(times).mapToObj(seed -> new Disturbed(game, seed)))
        .toList();
  }

  @Property(generation = EXHAUSTIVE)
  void orderOfFieldsAndSpacesChangeNothing(@ForAll("disturbedGames") Disturbed game) {
    int gameId = game.gameId();
    ItemAnswers responses = Recordings.game(gameId);
    ItemAnswers shuffled = responses;
    for (var response : responses.getAnswers()) {
      JsonNode body = Recordings.json(gameId, response.getEndpoint());
      String text = shuffle(body, new Random(game.seed())).toPrettyString();
      shuffled = Answers.with(shuffled, response.getEndpoint(), text.getBytes(UTF_8));
    }
    assertThat(hashes(shuffled)).isEqualTo(hashes(responses));
  }

  /** Two of the recorded games have two plays each with one sortOrder. */
  @Property(generation = EXHAUSTIVE)
  void orderOfPlaysInTheAnswerChangesNothing(@ForAll("disturbedGames") Disturbed game) {
    ItemAnswers responses = Recordings.game(game.gameId());
    ObjectNode body = (ObjectNode) Recordings.json(game.gameId(), Endpoint.PLAY_BY_PLAY.label());
    for (String list : List.of("plays", "rosterSpots")) {
      List<JsonNode> items = new ArrayList<>();
      body.get(list).forEach(items::add);
      Collections.shuffle(items, new Random(game.seed()));
      body.putArray(list).addAll(items);
    }
    byte[] text = body.toString().getBytes(UTF_8);
    assertThat(hashes(Answers.with(responses, Endpoint.PLAY_BY_PLAY.label(), text)))
        .isEqualTo(hashes(responses));
  }

  @Property(generation = EXHAUSTIVE)
  void exactDuplicatesOfShiftsAndGoalMarkersChangeNothing(
      @ForAll("disturbedCharts") Disturbed game) {
    ItemAnswers responses = Recordings.game(game.gameId());
    ObjectNode chart = (ObjectNode) Recordings.json(game.gameId(), Endpoint.SHIFT_CHART.label());
    ArrayNode rows = (ArrayNode) chart.get("data");
    Random random = new Random(game.seed());
    for (int i = 0; i < 20; i++) {
      ObjectNode again = rows.get(random.nextInt(rows.size())).deepCopy();
      rows.insert(random.nextInt(rows.size()), again.put("id", random.nextInt()));
    }
    byte[] text = chart.toString().getBytes(UTF_8);
    assertThat(hashes(Answers.with(responses, Endpoint.SHIFT_CHART.label(), text)))
        .isEqualTo(hashes(responses));
  }

  @Property(generation = EXHAUSTIVE)
  void aChartWithoutAnyOneShiftIsNotUsed(@ForAll("disturbedCharts") Disturbed game) {
    ItemAnswers responses = Recordings.game(game.gameId());
    assumeThat(Recordings.games(Endpoint.BOX_SCORE.label())).contains(game.gameId());
    ObjectNode chart = (ObjectNode) Recordings.json(game.gameId(), Endpoint.SHIFT_CHART.label());
    List<Integer> shifts = new ArrayList<>();
    List<String> spans = spans(chart);
    for (int i = 0; i < spans.size(); i++) {
      JsonNode row = chart.get("data").get(i);
      boolean once = Collections.frequency(spans, span(row)) == 1;
      if (row.get("typeCode").intValue() == 517 && once) {
        shifts.add(i);
      }
    }
    ((ArrayNode) chart.get("data"))
        .remove(shifts.get(new Random(game.seed()).nextInt(shifts.size())).intValue());
    byte[] text = chart.toString().getBytes(UTF_8);
    ItemAnswers partial = Answers.with(responses, Endpoint.SHIFT_CHART.label(), text);
    assertThat(Completeness.missing(partial).get(Endpoint.SHIFT_CHART.label()))
        .startsWith("seconds disagree with the box score's time on ice for ");
    assertThat(Answers.rows(partial))
        .allMatch(row -> row.get("_coverage").equals("plays+boxscore"))
        .isEqualTo(Answers.rows(Answers.without(responses, Endpoint.SHIFT_CHART.label())));
  }

  private static List<String> spans(JsonNode chart) {
    List<String> spans = new ArrayList<>();
    chart.get("data").forEach(row -> spans.add(span(row)));
    return spans;
  }

  private static String span(JsonNode row) {
    return "%s %s %s %s"
        .formatted(
            row.get("playerId"), row.get("period"), row.get("startTime"), row.get("endTime"));
  }

  @Property(generation = EXHAUSTIVE)
  void shapingTwiceIsEqualToTheBit(@ForAll("recordedGames") int gameId) {
    assertThat(hashes(Recordings.game(gameId))).isEqualTo(hashes(Recordings.game(gameId)));
  }

  @Property(generation = EXHAUSTIVE)
  void theFourStrengthsAddUpToAll(@ForAll("recordedGames") int gameId) {
    List<GenericRecord> rows = Answers.rows(Recordings.game(gameId));
    for (int i = 0; i < rows.size(); i += 5) {
      for (Schema.Field field : rows.get(i).getSchema().getFields()) {
        if (isSum(field.name()) && rows.get(i + 1).get(field.pos()) instanceof Number) {
          double sum = 0;
          for (int j = 1; j < 5; j++) {
            sum += ((Number) rows.get(i + j).get(field.pos())).doubleValue();
          }
          assertThat(((Number) rows.get(i).get(field.pos())).doubleValue())
              .as("%s of game %d", field.name(), gameId)
              .isEqualTo(sum);
        }
      }
    }
  }

  private static boolean isSum(String column) {
    return !List.of("gameId", "gameDate", "season", "iceTimeRank", "shifts").contains(column)
        && !column.endsWith("Percentage");
  }

  @Property(generation = EXHAUSTIVE)
  void whatIsForTheOneIsAgainstTheOther(@ForAll("recordedGames") int gameId) {
    List<GenericRecord> rows = Answers.rows(Recordings.game(gameId));
    Map<String, String> opposite =
        Map.of("all", "all", "5on5", "5on5", "5on4", "4on5", "4on5", "5on4", "other", "other");
    for (String situation : opposite.keySet()) {
      GenericRecord home = teamRow(rows, "HOME", situation);
      GenericRecord away = teamRow(rows, "AWAY", Objects.requireNonNull(opposite.get(situation)));
      int compared = 0;
      for (Schema.Field field : home.getSchema().getFields()) {
        String name = field.name();
        Schema.Field against =
            home.getSchema().getField(name.replaceAll("^(?!OnIce|OffIce)(.*)For$", "$1Against"));
        boolean onIce = name.startsWith("corsi") || name.startsWith("fenwick");
        if (against != null && against.pos() != field.pos() && !onIce) {
          assertThat(home.get(name)).as(name).isEqualTo(away.get(against.pos()));
          compared++;
        }
      }
      assertThat(compared).isEqualTo(TEAM_PAIRS);
      assertThat(home.get("faceOffsWonFor")).isEqualTo(away.get("faceOffsLostFor"));
    }
  }

  private static GenericRecord teamRow(List<GenericRecord> rows, String side, String situation) {
    return rows.stream()
        .filter(row -> row.get("home_or_away").equals(side))
        .filter(row -> row.get("situation").equals(situation))
        .findFirst()
        .orElseThrow();
  }

  @Property(generation = EXHAUSTIVE)
  void onAndOffTheIceIsTheTeam(@ForAll("charts") int gameId) {
    for (GenericRecord row : Answers.rows(Recordings.game(gameId))) {
      for (String count : COUNTED) {
        assertThat(number(row, "OnIce_F_" + count) + number(row, "OffIce_F_" + count))
            .isEqualTo(number(row, count + "For"));
        assertThat(number(row, "OnIce_A_" + count) + number(row, "OffIce_A_" + count))
            .isEqualTo(number(row, count + "Against"));
        assertThat(number(row, "OffIce_F_" + count)).isNotNegative();
        assertThat(number(row, "OffIce_A_" + count)).isNotNegative();
        assertThat(number(row, "I_F_" + count)).isNotNegative();
      }
      assertThat(number(row, "OnIce_F_shotAttempts"))
          .isGreaterThanOrEqualTo(number(row, "I_F_shotAttempts"));
    }
  }

  /**
   * What skaters and goalies did themselves is what their team did: nothing is counted twice or for
   * nobody. Goalies shoot too, now and then, and have no row.
   */
  @Property(generation = EXHAUSTIVE)
  void skatersAndGoaliesAddUpToTheTeam(@ForAll("recordedGames") int gameId) {
    List<GenericRecord> rows = Answers.rows(Recordings.game(gameId));
    Map<String, Integer> goalies = goalieAttempts(gameId);
    for (String side : List.of("HOME", "AWAY")) {
      for (Situation situation : Situation.EACH) {
        for (String count : COUNTED) {
          int skaters =
              rows.stream()
                  .filter(row -> row.get("home_or_away").equals(side))
                  .filter(row -> row.get("situation").equals(situation.text))
                  .mapToInt(row -> number(row, "I_F_" + count))
                  .sum();
          String what = "%s of %s in %s".formatted(count, side, situation.text);
          assertThat(skaters + goalies.getOrDefault(what, 0))
              .as("%s in game %d", what, gameId)
              .isEqualTo(number(teamRow(rows, side, situation.text), count + "For"));
        }
      }
    }
  }

  @Test
  void goaliesDoShoot() {
    Recordings.needed();
    assertThat(Recordings.games(Endpoint.PLAY_BY_PLAY.label()))
        .filteredOn(game -> !goalieAttempts(game).isEmpty())
        .contains(2024020960, 2025020739, 2025021291);
  }

  /** Goalies' own attempts as the answer has them, by count, side and situation. */
  private static Map<String, Integer> goalieAttempts(int gameId) {
    JsonNode body = Recordings.json(gameId, Endpoint.PLAY_BY_PLAY.label());
    int home = body.at("/homeTeam/id").intValue();
    Map<Integer, Side> goalies = new HashMap<>();
    for (JsonNode spot : body.get("rosterSpots")) {
      if (spot.get("positionCode").asText().equals("G")) {
        Side side = spot.get("teamId").intValue() == home ? Side.HOME : Side.AWAY;
        goalies.put(spot.get("playerId").intValue(), side);
      }
    }
    Map<String, Integer> attempts = new HashMap<>();
    for (JsonNode play : body.get("plays")) {
      JsonNode details = play.path("details");
      int shooter = details.path("scoringPlayerId").asInt(details.path("shootingPlayerId").asInt());
      Side side = goalies.get(shooter);
      if (side != null && !play.at("/periodDescriptor/periodType").asText().equals("SO")) {
        Strength strength =
            Objects.requireNonNull(Strength.ofCode(play.get("situationCode").asText()));
        for (String count : counts(play.get("typeCode").intValue())) {
          for (Situation situation : List.of(Situation.ALL, strength.situation(side))) {
            attempts.merge(
                "%s of %s in %s".formatted(count, side, situation.text), 1, Integer::sum);
          }
        }
      }
    }
    return attempts;
  }

  /** What an attempt counts as. */
  private static List<String> counts(int typeCode) {
    return switch (typeCode) {
      case GOAL -> List.of("shotAttempts", "unblockedShotAttempts", "shotsOnGoal", "goals");
      case SHOT_ON_GOAL -> List.of("shotAttempts", "unblockedShotAttempts", "shotsOnGoal");
      case MISSED_SHOT -> List.of("shotAttempts", "unblockedShotAttempts", "missedShots");
      case BLOCKED_SHOT -> List.of("shotAttempts", "blockedShotAttempts");
      default -> List.of();
    };
  }

  private static int number(GenericRecord row, String column) {
    return (Integer) row.get(column);
  }

  private static List<String> hashes(ItemAnswers responses) {
    ContentHash hash = new ContentHash(Columns.SCHEMA);
    return Answers.rows(responses).stream()
        .map(row -> row.get("playerId") + " " + row.get("situation") + " " + hash.of(row))
        .toList();
  }

  private static JsonNode shuffle(JsonNode node, Random random) {
    if (node.isObject()) {
      List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(node.properties());
      Collections.shuffle(fields, random);
      ObjectNode shuffled = Recordings.JSON.createObjectNode();
      fields.forEach(field -> shuffled.set(field.getKey(), shuffle(field.getValue(), random)));
      return shuffled;
    }
    if (node.isArray()) {
      ArrayNode same = Recordings.JSON.createArrayNode();
      node.forEach(item -> same.add(shuffle(item, random)));
      return same;
    }
    return node;
  }
}
