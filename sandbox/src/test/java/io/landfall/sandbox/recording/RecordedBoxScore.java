package io.landfall.sandbox.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The official line of each skater in a recorded box score (today's form of it). */
public record RecordedBoxScore(List<Line> skaters) {

  /**
   * One skater's line.
   *
   * @param seconds time on ice
   */
  public record Line(
      String playerId,
      int goals,
      int assists,
      int shots,
      int hits,
      int takeaways,
      int giveaways,
      int seconds,
      int shifts) {}

  /** Reads {@code games/ID/boxscore.json}. */
  public static RecordedBoxScore of(Path recordings, int gameId) throws IOException {
    JsonNode root =
        new ObjectMapper()
            .readTree(
                recordings
                    .resolve("games")
                    .resolve(Integer.toString(gameId))
                    .resolve("boxscore.json")
                    .toFile());
    List<Line> lines = new ArrayList<>();
    for (String team : List.of("awayTeam", "homeTeam")) {
      for (String group : List.of("forwards", "defense")) {
        for (JsonNode skater : root.path("playerByGameStats").path(team).path(group)) {
          lines.add(line(skater));
        }
      }
    }
    return new RecordedBoxScore(List.copyOf(lines));
  }

  private static Line line(JsonNode skater) {
    String[] time = skater.path("toi").asText().split(":", 2);
    return new Line(
        skater.path("playerId").asText(),
        skater.path("goals").asInt(),
        skater.path("assists").asInt(),
        skater.path("sog").asInt(),
        skater.path("hits").asInt(),
        skater.path("takeaways").asInt(),
        skater.path("giveaways").asInt(),
        60 * Integer.parseInt(time[0]) + Integer.parseInt(time[1]),
        skater.path("shifts").asInt());
  }
}
