package io.landfall.sandbox.season;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Seasons for tests. */
final class Seasons {

  private static final Map<Long, Season> WHOLE = new ConcurrentHashMap<>();

  private Seasons() {}

  /** All games of 2024-25. */
  static Season whole(long seed) {
    return WHOLE.computeIfAbsent(seed, key -> Season.of(key, Calendar.GAMES));
  }

  /** A season whose first game has a peculiarity; see {@link #FIRST}. */
  static Season with(long seed, EdgeCase... cases) {
    return Season.of(seed, 20).having(Map.of(FIRST, Set.of(cases)));
  }

  static final int FIRST = 2024020001;

  static GameSnapshot snapshot(Season season, int gameId) {
    return season.snapshot(season.game(gameId), Optional.empty());
  }
}
