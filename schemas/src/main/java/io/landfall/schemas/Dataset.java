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
 * @param filters further columns that readers often filter by: the table keeps their bounds per
 *     file, as it does for the key
 * @param source the value of the table property {@code source}
 */
public record Dataset(
    String name,
    Topic landing,
    Schema schema,
    List<String> key,
    List<String> filters,
    String source) {

  public static final Dataset PLAYER_GAME_STATS =
      new Dataset(
          "player_game_stats",
          Topics.PLAYER_GAME_STATS,
          PlayerGameStats.getClassSchema(),
          List.of("playerId", "gameId", "situation"),
          List.of("season", "gameDate"),
          "nhl-api");

  public Dataset {
    key = List.copyOf(key);
    filters = List.copyOf(filters);
  }
}
