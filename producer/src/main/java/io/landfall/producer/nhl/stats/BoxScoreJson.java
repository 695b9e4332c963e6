package io.landfall.producer.nhl.stats;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is read of a box score answer. In autumn 2023 the player lines stood under {@code boxscore},
 * shots were called {@code shots}, and there were no shifts, giveaways or takeaways.
 */
record BoxScoreJson(
    int id,
    @Nullable String gameState,
    @Nullable Teams playerByGameStats,
    @Nullable Nested boxscore) {

  record Nested(@Nullable Teams playerByGameStats) {}

  record Teams(@Nullable Lines awayTeam, @Nullable Lines homeTeam) {}

  record Lines(
      @Nullable List<@Nullable Line> forwards,
      @Nullable List<@Nullable Line> defense,
      @Nullable List<@Nullable Line> goalies) {}

  record Line(
      int playerId,
      @Nullable String toi,
      @Nullable Integer shifts,
      @Nullable Integer goals,
      @Nullable Integer assists,
      @JsonAlias("shots") @Nullable Integer sog,
      @Nullable Integer hits,
      @Nullable Integer takeaways,
      @Nullable Integer giveaways,
      @Nullable Integer pim,
      @Nullable Integer blockedShots) {}
}
