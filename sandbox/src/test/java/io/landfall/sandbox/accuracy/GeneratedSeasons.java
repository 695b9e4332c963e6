package io.landfall.sandbox.accuracy;

import io.landfall.sandbox.season.EdgeCase;
import io.landfall.sandbox.season.Season;
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

  static final int FIRST = 2024020001;

  private static final long SEED = Long.getLong("landfall.seed", new Random().nextInt(1_000_000));

  private GeneratedSeasons() {}

  static long seed() {
    return SEED;
  }

  /** How many games of each kind: {@code -Dlandfall.generated.games}, split in so many parts. */
  static int games(int parts) {
    return Math.max(2, Integer.getInteger("landfall.generated.games", 40) / parts);
  }

  /** A season whose first game has some peculiarities. */
  static Season with(long seed, EdgeCase... cases) {
    return Season.of(seed, 1).having(Map.of(FIRST, Set.of(cases)));
  }
}
