package io.landfall.producer.shape.nhl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.schemas.ContentHash;
import io.landfall.schemas.GameResponses;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/** What must hold of any game, tried on all recordings and on disturbed ones. */
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

  @Provide
  Arbitrary<Integer> recordedGames() {
    List<Integer> games = Recordings.games(Endpoints.PLAY_BY_PLAY);
    return games.isEmpty() ? Arbitraries.just(0) : Arbitraries.of(games);
  }

  @Provide
  Arbitrary<Integer> charts() {
    List<Integer> games = Recordings.games(Endpoints.SHIFT_CHART);
    return games.isEmpty() ? Arbitraries.just(0) : Arbitraries.of(games);
  }

  private static GameResponses recorded(int gameId) {
    assumeThat(gameId).as("recordings (-Dnhl.recordings=FOLDER)").isNotZero();
    return Recordings.game(gameId);
  }

  @Property(tries = 40)
  void orderOfFieldsAndSpacesChangeNothing(@ForAll("recordedGames") int gameId, @ForAll long seed) {
    GameResponses responses = recorded(gameId);
    GameResponses shuffled = responses;
    for (var response : responses.getResponses()) {
      JsonNode body = Recordings.json(gameId, response.getEndpoint());
      String text = shuffle(body, new Random(seed)).toPrettyString();
      shuffled = Answers.with(shuffled, response.getEndpoint(), text.getBytes(UTF_8));
    }
    assertThat(hashes(shuffled)).isEqualTo(hashes(responses));
  }

  @Property(tries = 20)
  void orderOfPlaysInTheAnswerChangesNothing(
      @ForAll("recordedGames") int gameId, @ForAll long seed) {
    GameResponses responses = recorded(gameId);
    ObjectNode body = (ObjectNode) Recordings.json(gameId, Endpoints.PLAY_BY_PLAY);
    for (String list : List.of("plays", "rosterSpots")) {
      List<JsonNode> items = new ArrayList<>();
      body.get(list).forEach(items::add);
      Collections.shuffle(items, new Random(seed));
      body.putArray(list).addAll(items);
    }
    byte[] text = body.toString().getBytes(UTF_8);
    assertThat(hashes(Answers.with(responses, Endpoints.PLAY_BY_PLAY, text)))
        .isEqualTo(hashes(responses));
  }

  @Property(tries = 20)
  void exactDuplicatesOfShiftsAndGoalMarkersChangeNothing(
      @ForAll("charts") int gameId, @ForAll long seed) {
    GameResponses responses = recorded(gameId);
    ObjectNode chart = (ObjectNode) Recordings.json(gameId, Endpoints.SHIFT_CHART);
    ArrayNode rows = (ArrayNode) chart.get("data");
    Random random = new Random(seed);
    for (int i = 0; i < 20; i++) {
      ObjectNode again = rows.get(random.nextInt(rows.size())).deepCopy();
      rows.insert(random.nextInt(rows.size()), again.put("id", random.nextInt()));
    }
    byte[] text = chart.toString().getBytes(UTF_8);
    assertThat(hashes(Answers.with(responses, Endpoints.SHIFT_CHART, text)))
        .isEqualTo(hashes(responses));
  }

  @Property(tries = 20)
  void aChartWithoutAnyOneShiftIsNotUsed(@ForAll("charts") int gameId, @ForAll long seed) {
    GameResponses responses = recorded(gameId);
    assumeThat(Recordings.games(Endpoints.BOX_SCORE)).contains(gameId);
    ObjectNode chart = (ObjectNode) Recordings.json(gameId, Endpoints.SHIFT_CHART);
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
        .remove(shifts.get(new Random(seed).nextInt(shifts.size())).intValue());
    byte[] text = chart.toString().getBytes(UTF_8);
    GameResponses partial = Answers.with(responses, Endpoints.SHIFT_CHART, text);
    assertThat(Completeness.missing(partial).get(Endpoints.SHIFT_CHART))
        .startsWith("seconds disagree with the box score's time on ice for ");
    assertThat(Answers.rows(partial))
        .allMatch(row -> row.get("_coverage").equals("plays+boxscore"))
        .isEqualTo(Answers.rows(Answers.without(responses, Endpoints.SHIFT_CHART)));
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

  @Property(tries = 30)
  void shapingTwiceIsEqualToTheBit(@ForAll("recordedGames") int gameId) {
    assertThat(hashes(recorded(gameId))).isEqualTo(hashes(recorded(gameId)));
  }

  @Property(tries = 60)
  void theFourStrengthsAddUpToAll(@ForAll("recordedGames") int gameId) {
    List<GenericRecord> rows = Answers.rows(recorded(gameId));
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

  @Property(tries = 60)
  void whatIsForTheOneIsAgainstTheOther(@ForAll("recordedGames") int gameId) {
    List<GenericRecord> rows = Answers.rows(recorded(gameId));
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

  @Property(tries = 10)
  void onAndOffTheIceIsTheTeam(@ForAll("charts") int gameId) {
    for (GenericRecord row : Answers.rows(recorded(gameId))) {
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

  /** The skaters' own counts are their team's: nothing is counted twice or for nobody. */
  @Property(tries = 40)
  void theSkatersAddUpToTheTeam(@ForAll("recordedGames") int gameId) {
    List<GenericRecord> rows = Answers.rows(recorded(gameId));
    for (String side : List.of("HOME", "AWAY")) {
      for (Situation situation : Situation.EACH) {
        for (String count : COUNTED) {
          int sum =
              rows.stream()
                  .filter(row -> row.get("home_or_away").equals(side))
                  .filter(row -> row.get("situation").equals(situation.text))
                  .mapToInt(row -> number(row, "I_F_" + count))
                  .sum();
          assertThat(sum)
              .as("%s of %s in %s", count, side, situation.text)
              .isEqualTo(number(teamRow(rows, side, situation.text), count + "For"));
        }
      }
    }
  }

  private static int number(GenericRecord row, String column) {
    return (Integer) row.get(column);
  }

  private static List<String> hashes(GameResponses responses) {
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
