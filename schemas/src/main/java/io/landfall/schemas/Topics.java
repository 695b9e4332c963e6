package io.landfall.schemas;

import io.landfall.schemas.Topic.Kept;
import java.util.List;

/** Every topic that Landfall owns. */
public final class Topics {

  /** The API's answers for one game, byte for byte: {@link GameResponses}. Key: gameId. */
  public static final Topic GAME_RESPONSES = new Topic("nhl.game-responses.v1", 4, Kept.ALL);

  /**
   * What fetch knows of each game: {@link LedgerEntry}, key: gameId. Under one more key, {@link
   * #LISTED_DAYS}, which days were listed: {@link ListedDays}.
   */
  public static final Topic GAME_LEDGER = new Topic("nhl.game-ledger.v1", 1, Kept.LAST_OF_KEY);

  /** The key of the one {@link ListedDays} in the ledger: whoever loses the ledger loses both. */
  public static final String LISTED_DAYS = "listed-days";

  /**
   * One row each: {@link PlayerGameStats}. Key: gameId/playerId/situation, partitioned by gameId.
   */
  public static final Topic PLAYER_GAME_STATS = new Topic("nhl.player-game-stats.v1", 4, Kept.ALL);

  /** What is in force of each game: {@link Manifest}. Key: gameId. */
  public static final Topic MANIFESTS = new Topic("nhl.manifests.v1", 4, Kept.ALL);

  /** What could not be used: {@link DeadLetter}. Key: where it was read. */
  public static final Topic DEAD_LETTERS = new Topic("nhl.dead-letters.v1", 1, Kept.ALL);

  /** The latest run of the built-in schedule: {@link Run}. */
  public static final Topic RUNS = new Topic("nhl.runs.v1", 1, Kept.LAST_OF_KEY);

  public static final List<Topic> ALL =
      List.of(GAME_RESPONSES, GAME_LEDGER, PLAYER_GAME_STATS, MANIFESTS, DEAD_LETTERS, RUNS);

  private Topics() {}
}
