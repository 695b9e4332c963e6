package io.landfall.sandbox.season;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What holds in every real game and must hold in every generated one. */
final class Identities {

  private static final List<String> COUNTS =
      List.of("goals", "assists", "sog", "hits", "takeaways", "giveaways", "pim", "blockedShots");

  private Identities() {}

  static void check(ReadGame game) {
    int gameId = game.playByPlay.get("id").asInt();
    assertThat(game.teamOf).as("dressed players of %d", gameId).hasSize(40);
    assertThat(game.contradictions()).as("on-ice counts of %d", gameId).isEmpty();
    for (JsonNode line : game.lines()) {
      line(gameId, line, game.derivedLine(line.get("playerId").asInt()));
    }
    scores(game, gameId);
    order(game, gameId);
  }

  private static void line(int gameId, JsonNode line, Map<String, Integer> derived) {
    String who = "%d, player %s".formatted(gameId, line.get("playerId"));
    assertThat(ReadGame.seconds(line.get("toi").asText()))
        .as("time on ice of " + who)
        .isEqualTo(derived.getOrDefault("seconds", 0));
    if (line.has("shifts")) {
      assertThat(line.get("shifts").asInt())
          .as("shifts of " + who)
          .isEqualTo(derived.getOrDefault("shifts", 0));
    }
    for (String count : COUNTS) {
      JsonNode official =
          count.equals("sog") && line.has("shots") ? line.get("shots") : line.get(count);
      if (official != null) {
        assertThat(official.asInt())
            .as(count + " of " + who)
            .isEqualTo(derived.getOrDefault(count, 0));
      }
    }
  }

  private static void scores(ReadGame game, int gameId) {
    for (boolean home : List.of(false, true)) {
      JsonNode team = game.playByPlay.get(home ? "homeTeam" : "awayTeam");
      assertThat(team.get("score").asInt())
          .as("score of team %s in %d", team.get("id"), gameId)
          .isEqualTo(goals(game, home, "REG") + goals(game, home, "OT") + shootoutWin(game, home));
      int shots = 0;
      for (JsonNode line : game.lines()) {
        boolean own = game.teamOf(line.get("playerId").asInt()) == game.teamId(home);
        shots += own ? line.path("sog").asInt(line.path("shots").asInt()) : 0;
      }
      assertThat(team.get("sog").asInt()).as("shots in %d", gameId).isEqualTo(shots);
    }
  }

  private static int shootoutWin(ReadGame game, boolean home) {
    return goals(game, home, "SO") > goals(game, !home, "SO") ? 1 : 0;
  }

  private static int goals(ReadGame game, boolean home, String periodType) {
    int goals = 0;
    for (JsonNode goal : game.plays("goal")) {
      boolean own = goal.get("details").get("eventOwnerTeamId").asInt() == game.teamId(home);
      boolean then = goal.get("periodDescriptor").get("periodType").asText().equals(periodType);
      goals += own && then ? 1 : 0;
    }
    return goals;
  }

  private static void order(ReadGame game, int gameId) {
    Set<Integer> ids = new HashSet<>();
    int last = 0;
    for (JsonNode play : game.playByPlay.get("plays")) {
      assertThat(ids.add(play.get("eventId").asInt())).as("eventIds of %d differ", gameId).isTrue();
      assertThat(play.get("sortOrder").asInt()).as("sortOrder in %d", gameId).isGreaterThan(last);
      last = play.get("sortOrder").asInt();
    }
    assertThat(game.chart.get("total").asInt()).isEqualTo(game.chart.get("data").size());
  }
}
