package io.landfall.sandbox.accuracy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.producer.nhl.stats.Endpoint;
import io.landfall.sandbox.season.Fixture;
import io.landfall.sandbox.season.Season;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

/** What must hold of any game's rows, whatever was counted: the laws, on generated games. */
class LawsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> NO_SUMS =
      List.of("gameId", "gameDate", "season", "iceTimeRank", "shifts");

  private static final Map<String, String> OPPOSITE =
      Map.of("all", "all", "5on5", "5on5", "5on4", "4on5", "4on5", "5on4", "other", "other");

  private static void eachGame(BiConsumer<ShapedGame, String> law) {
    long seed = GeneratedSeasons.seed();
    Season season = Season.of(seed, GeneratedSeasons.games(4));
    for (Fixture fixture : season.fixtures()) {
      ShapedGame game = ShapedGame.of(season, season.game(fixture.gameId()));
      law.accept(game, "game %d, -Dlandfall.seed=%d".formatted(fixture.gameId(), seed));
    }
  }

  @Test
  void onAndOffTheIceIsTheTeamInEverySituation() {
    eachGame(
        (game, name) -> {
          for (GenericRecord row : game.rows()) {
            int compared = 0;
            for (Schema.Field field : row.getSchema().getFields()) {
              if (field.name().startsWith("OffIce_")) {
                String count = field.name().substring("OffIce_F_".length());
                boolean own = field.name().startsWith("OffIce_F_");
                int on = (Integer) row.get((own ? "OnIce_F_" : "OnIce_A_") + count);
                int off = (Integer) row.get(field.pos());
                assertThat(on + off)
                    .as("%s of %s", field.name(), name)
                    .isEqualTo(row.get(count + (own ? "For" : "Against")));
                assertThat(off).as("%s of %s", field.name(), name).isNotNegative();
                compared++;
              }
            }
            assertThat(compared).isEqualTo(12);
          }
        });
  }

  @Test
  void theFourStrengthsAddUpToAll() {
    eachGame(
        (game, name) -> {
          List<GenericRecord> rows = game.rows();
          for (int i = 0; i < rows.size(); i += 5) {
            for (Schema.Field field : rows.get(i).getSchema().getFields()) {
              boolean sum = !NO_SUMS.contains(field.name()) && !field.name().endsWith("Percentage");
              if (sum && rows.get(i).get(field.pos()) instanceof Number all) {
                double four = 0;
                for (int j = 1; j < 5; j++) {
                  four += ((Number) rows.get(i + j).get(field.pos())).doubleValue();
                }
                assertThat(four).as("%s, %s", field.name(), name).isEqualTo(all.doubleValue());
              }
            }
          }
        });
  }

  @Test
  void whatIsForTheHomeTeamIsAgainstTheVisitors() {
    eachGame(
        (game, name) -> {
          List<GenericRecord> rows = game.rows();
          OPPOSITE.forEach(
              (situation, seenByOthers) -> {
                GenericRecord home = team(rows, "HOME", situation);
                GenericRecord away = team(rows, "AWAY", seenByOthers);
                for (String count : teamCounts(home.getSchema())) {
                  assertThat(home.get(count + "For"))
                      .as("%s in %s, %s", count, situation, name)
                      .isEqualTo(away.get(count + "Against"));
                }
                assertThat(home.get("faceOffsWonFor")).isEqualTo(away.get("faceOffsLostFor"));
              });
        });
  }

  private static GenericRecord team(List<GenericRecord> rows, String side, String situation) {
    return rows.stream()
        .filter(row -> row.get("home_or_away").equals(side))
        .filter(row -> row.get("situation").equals(situation))
        .findFirst()
        .orElseThrow();
  }

  /** Columns of the team's; corsi and fenwick are the skater's own. */
  private static List<String> teamCounts(Schema schema) {
    List<String> counts =
        schema.getFields().stream()
            .map(Schema.Field::name)
            .filter(name -> name.endsWith("For") && !name.matches("(corsi|fenwick|faceOffs).*"))
            .map(name -> name.substring(0, name.length() - "For".length()))
            .toList();
    assertThat(counts).hasSize(25);
    return counts;
  }

  @Test
  void orderOfFieldsChangesNothing() {
    eachGame(
        (game, name) -> {
          ShapedGame shuffled = game;
          for (Map.Entry<String, byte[]> body : game.bodies().entrySet()) {
            JsonNode other = shuffled(tree(body.getValue()), new Random(name.hashCode()));
            shuffled = shuffled.with(body.getKey(), other.toPrettyString().getBytes(UTF_8));
          }
          assertThat(shuffled.hashes()).as(name).isEqualTo(game.hashes());
        });
  }

  @Test
  void anExactDuplicateOfAShiftChangesNothing() {
    eachGame(
        (game, name) -> {
          Random random = new Random(name.hashCode());
          JsonNode chart = tree(game.body(Endpoint.SHIFT_CHART.label()));
          ArrayNode rows = (ArrayNode) chart.get("data");
          for (int i = 0; i < 20; i++) {
            ObjectNode again = rows.get(random.nextInt(rows.size())).deepCopy();
            rows.insert(random.nextInt(rows.size()), again.put("id", random.nextInt()));
          }
          byte[] body = chart.toString().getBytes(UTF_8);
          assertThat(game.with(Endpoint.SHIFT_CHART.label(), body).hashes())
              .as(name)
              .isEqualTo(game.hashes());
        });
  }

  @Test
  void shapingTwiceIsEqualToTheBit() {
    eachGame((game, name) -> assertThat(game.hashes()).as(name).isEqualTo(game.hashes()));
  }

  private static JsonNode tree(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode shuffled(JsonNode node, Random random) {
    if (node.isObject()) {
      List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(node.properties());
      Collections.shuffle(fields, random);
      ObjectNode other = JSON.createObjectNode();
      fields.forEach(field -> other.set(field.getKey(), shuffled(field.getValue(), random)));
      return other;
    }
    if (node.isArray()) {
      ArrayNode same = JSON.createArrayNode();
      node.forEach(item -> same.add(shuffled(item, random)));
      return same;
    }
    return node;
  }
}
