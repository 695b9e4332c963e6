package io.landfall.sandbox.season;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Generated games are held against what holds in every recorded game; jqwik prints the seed. */
class GeneratedGameTest {

  private static final Map<String, Double> MEASURED =
      Map.ofEntries(
          Map.entry("faceoff", 55.8),
          Map.entry("hit", 40.5),
          Map.entry("giveaway", 28.8),
          Map.entry("goal", 6.2),
          Map.entry("shot-on-goal", 49.4),
          Map.entry("missed-shot", 30.6),
          Map.entry("blocked-shot", 32.3),
          Map.entry("penalty", 7.0),
          Map.entry("stoppage", 43.4),
          Map.entry("takeaway", 9.6),
          Map.entry("period-start", 3.3),
          Map.entry("delayed-penalty", 2.2));

  @Property(tries = 40)
  void playsShiftsAndBoxScoreOfAnyGameAgree(
      @ForAll long seed, @ForAll @IntRange(min = 2024020001, max = 2024021312) int gameId) {
    Identities.check(ReadGame.of(Seasons.whole(seed), gameId));
  }

  /** What is not in the box score, which {@link Identities} hold against the plays. */
  @Property(tries = 8)
  void theTallyOfTimeAndThoseOnTheIceIsWhatAReaderDerives(
      @ForAll long seed, @ForAll @IntRange(min = 2024020001, max = 2024021312) int gameId) {
    Season season = Seasons.whole(seed);
    GeneratedGame game = season.game(gameId);
    ReadGame read = ReadGame.of(season, gameId);
    for (int player = 0; player < game.players().size(); player++) {
      if (!game.players().get(player).goalie()) {
        onIce(game.tally(), player, game.players().get(player).playerId(), read);
      }
    }
  }

  private static void onIce(Tally tally, int player, int playerId, ReadGame read) {
    assertThat(tally.count(player, Metric.ICE_TIME))
        .isEqualTo(read.derivedLine(playerId).getOrDefault("seconds", 0));
    assertThat(tally.count(player, Metric.SHIFTS))
        .isEqualTo(read.derivedLine(playerId).getOrDefault("shifts", 0));
    for (Situation situation : Situation.values()) {
      assertThat(tally.count(player, situation, Metric.ON_ICE_GOALS_FOR))
          .isEqualTo(read.onIceAttempts(playerId, Set.of("goal"), true, situation.word()));
      assertThat(tally.count(player, situation, Metric.ON_ICE_GOALS_AGAINST))
          .isEqualTo(read.onIceAttempts(playerId, Set.of("goal"), false, situation.word()));
      assertThat(tally.count(player, situation, Metric.ON_ICE_SHOTS_ON_GOAL_FOR))
          .isEqualTo(
              read.onIceAttempts(playerId, Set.of("goal", "shot-on-goal"), true, situation.word()));
      assertThat(tally.count(player, situation, Metric.ON_ICE_BLOCKED_ATTEMPTS_AGAINST))
          .isEqualTo(read.onIceAttempts(playerId, Set.of("blocked-shot"), false, situation.word()));
      assertThat(tally.count(player, situation, Metric.ON_ICE_MISSED_SHOTS_FOR))
          .isEqualTo(read.onIceAttempts(playerId, Set.of("missed-shot"), true, situation.word()));
    }
  }

  @Test
  void theSameSeedGivesTheSameBytes() {
    GameSnapshot one = Seasons.snapshot(Season.of(7, 100), 2024020042);
    GameSnapshot other = Seasons.snapshot(Season.of(7, 1312), 2024020042);
    assertThat(GameJson.playByPlay(one)).isEqualTo(GameJson.playByPlay(other));
    assertThat(GameJson.boxScore(one)).isEqualTo(GameJson.boxScore(other));
    assertThat(GameJson.shiftChart(one.game())).isEqualTo(GameJson.shiftChart(other.game()));
    assertThat(GameJson.playByPlay(Seasons.snapshot(Season.of(8, 100), 2024020042)))
        .isNotEqualTo(GameJson.playByPlay(one));
  }

  @Test
  void eventsAreAboutAsFrequentAsMeasured() {
    int games = 150;
    Season season = Season.of(11, games);
    Map<String, Integer> counts = new TreeMap<>();
    int rows = 0;
    int extraTime = 0;
    for (Fixture fixture : season.fixtures()) {
      ReadGame game = ReadGame.of(season, fixture.gameId());
      for (JsonNode play : game.playByPlay.get("plays")) {
        counts.merge(play.get("typeDescKey").asText(), 1, Integer::sum);
      }
      rows += game.shifts.size();
      JsonNode outcome = game.playByPlay.get("gameOutcome");
      extraTime += outcome.get("lastPeriodType").asText().equals("REG") ? 0 : 1;
    }
    MEASURED.forEach(
        (kind, mean) -> {
          // Few a game: their mean over so many games is not sharp.
          double slack = mean < 8 ? 0.15 : 0.08;
          assertThat(counts.getOrDefault(kind, 0) / (double) games)
              .as("%s a game", kind)
              .isBetween(mean * (1 - slack), mean * (1 + slack));
        });
    assertThat(rows / (double) games).as("shifts a game").isBetween(720.0, 880.0);
    assertThat(extraTime).as("games beyond regulation of " + games).isBetween(15, 48);
  }

  /** A goalie is on the ice in all strengths but when his net is empty: that time is other. */
  @Test
  void strengthsShareTheTimeAboutAsMeasured() {
    Season season = Season.of(12, 100);
    Map<Situation, Integer> seconds = new EnumMap<>(Situation.class);
    int all = 0;
    for (Fixture fixture : season.fixtures()) {
      GeneratedGame game = season.game(fixture.gameId());
      for (Situation situation : Situation.values()) {
        int both =
            game.tally().count(18, situation, Metric.ICE_TIME)
                + game.tally().count(38, situation, Metric.ICE_TIME);
        seconds.merge(situation, both, Integer::sum);
      }
      all += 2 * seconds(game);
    }
    assertThat(share(seconds, Situation.FIVE_ON_FIVE, all)).isCloseTo(82.6, within(2.0));
    assertThat(share(seconds, Situation.FIVE_ON_FOUR, all)).isCloseTo(6.8, within(0.7));
    assertThat(share(seconds, Situation.FOUR_ON_FIVE, all)).isCloseTo(7.2, within(0.7));
  }

  private static double share(Map<Situation, Integer> seconds, Situation situation, int all) {
    return 100.0 * seconds.getOrDefault(situation, 0) / all;
  }

  private static int seconds(GeneratedGame game) {
    return game.plays().stream()
        .filter(play -> play.event() == Event.Mark.PERIOD_END)
        .mapToInt(play -> play.moment().second())
        .sum();
  }
}
