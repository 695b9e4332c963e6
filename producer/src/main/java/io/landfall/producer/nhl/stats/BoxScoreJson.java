package io.landfall.producer.nhl.stats;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
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
      int sweaterNumber,
      @JsonDeserialize(using = Json.Localised.class) @Nullable String name,
      @Nullable String position,
      @Nullable String toi,
      @Nullable Integer shifts,
      @Nullable Integer goals,
      @Nullable Integer assists,
      @JsonAlias("shots") @Nullable Integer sog,
      @Nullable Integer hits,
      @Nullable Integer takeaways,
      @Nullable Integer giveaways,
      @Nullable Integer pim,
      @Nullable Integer blockedShots) {

    /** What the line tells of a tally that plays tell too; null for others, and if it does not. */
    @Nullable Integer official(Tally tally) {
      return switch (tally) {
        case GOALS -> goals;
        case SHOTS_ON_GOAL -> sog;
        case HITS -> hits;
        case TAKEAWAYS -> takeaways;
        case GIVEAWAYS -> giveaways;
        case PENALTY_MINUTES -> pim;
        case BLOCKS -> blockedShots;
        default -> null;
      };
    }
  }
}
