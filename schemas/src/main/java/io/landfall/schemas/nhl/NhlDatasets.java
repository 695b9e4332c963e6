package io.landfall.schemas.nhl;

import io.landfall.schemas.Dataset;
import java.util.List;

/** What is landed of the NHL's API. */
public final class NhlDatasets {

  /** One row for each skater in each game and situation. */
  public static final Dataset PLAYER_GAME_STATS =
      new Dataset(
          "nhl",
          "nhl-api",
          "player-game-stats",
          4,
          "player_game_stats",
          PlayerGameStats.getClassSchema(),
          List.of("playerId", "gameId", "situation"),
          List.of("season", "gameDate"),
          List.of("playerTeam", "season"),
          "");

  private NhlDatasets() {}
}
