package io.landfall.schemas;

import java.util.List;
import org.apache.avro.Schema;

/**
 * What is landed: a topic, its schema, the key of a row and the name of the table. A further
 * dataset is a further constant here; ingest needs nothing else to know it.
 *
 * @param name the table's name in SQL
 * @param landing the topic that the rows are read from
 * @param schema the newest schema of a row
 * @param key the fields that tell one row from another, without its revision
 * @param source the value of the table property {@code source}
 */
public record Dataset(String name, Topic landing, Schema schema, List<String> key, String source) {

  public static final Dataset PLAYER_GAME_STATS =
      new Dataset(
          "player_game_stats",
          Topics.PLAYER_GAME_STATS,
          PlayerGameStats.getClassSchema(),
          List.of("playerId", "gameId", "situation"),
          "nhl-api");

  public Dataset {
    key = List.copyOf(key);
  }
}
