package io.landfall.sandbox.accuracy;

import io.landfall.sandbox.season.EdgeCase;
import io.landfall.sandbox.season.Season;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * How much is generated, and from which seed: another one each time, named in each failure, and
 * given again with {@code -Dlandfall.seed}.
 */
final class GeneratedSeasons {

  /** The games of the whole history. */
  static final int HISTORY = 3424;

  private static final long SEED = Long.getLong("landfall.seed", new Random().nextInt(1_000_000));

  static {
    // Not every failure can name it: the generator itself may fail.
    System.out.println("Generated games: -Dlandfall.seed=" + SEED);
  }

  private GeneratedSeasons() {}

  static long seed() {
    return SEED;
  }

  /** How many games of each kind: {@code -Dlandfall.generated.games}, split in so many parts. */
  static int games(int parts) {
    return Math.max(2, Integer.getInteger("landfall.generated.games", 40) / parts);
  }

  /** A season in which each of so many games has these peculiarities. */
  static Season of(int games, EdgeCase... cases) {
    return having(Season.of(SEED, games), cases);
  }

  /** The same season, in which each game has these peculiarities. */
  static Season having(Season season, EdgeCase... cases) {
    Map<Integer, Set<EdgeCase>> peculiar = new HashMap<>();
    season.fixtures().forEach(game -> peculiar.put(game.gameId(), Set.of(cases)));
    return season.having(peculiar);
  }
}
