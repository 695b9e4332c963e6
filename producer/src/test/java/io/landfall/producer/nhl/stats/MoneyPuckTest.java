package io.landfall.producer.nhl.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.schemas.ItemAnswers;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A second opinion: rows of MoneyPuck (moneypuck.com) for recorded games, read where they lie and
 * never copied. What is compared is what both define alike.
 */
class MoneyPuckTest {

  private static final List<String> TEAM_COLUMNS =
      List.of(
          "shotsOnGoal",
          "missedShots",
          "blockedShotAttempts",
          "shotAttempts",
          "unblockedShotAttempts",
          "goals",
          "rebounds",
          "reboundGoals",
          "savedShotsOnGoal",
          "savedUnblockedShotAttempts",
          "hits",
          "takeaways",
          "giveaways");

  private static final List<String> ON_ICE_COLUMNS =
      List.of(
          "shotsOnGoal",
          "missedShots",
          "blockedShotAttempts",
          "shotAttempts",
          "unblockedShotAttempts",
          "goals");

  private static final List<String> SKATER_COLUMNS =
      List.of(
          "I_F_shotsOnGoal",
          "I_F_missedShots",
          "I_F_blockedShotAttempts",
          "I_F_shotAttempts",
          "I_F_unblockedShotAttempts",
          "I_F_goals",
          "I_F_primaryAssists",
          "I_F_secondaryAssists",
          "I_F_points",
          "I_F_rebounds",
          "I_F_reboundGoals",
          "I_F_savedShotsOnGoal",
          "I_F_savedUnblockedShotAttempts",
          "I_F_hits",
          "I_F_takeaways",
          "I_F_giveaways");

  /**
   * One shot and one face-off of 2024020631 were rescored after this play-by-play was recorded. The
   * bench minor of 2024020797 is no penalty to MoneyPuck. It also files penalties under other
   * strengths than the play's, so they are compared for the whole game only.
   */
  private static final List<String> KNOWN_IN_TEAMS =
      List.of(
          "2024020631 all shotsOnGoalAgainst: MoneyPuck 18, we 17",
          "2024020631 all missedShotsAgainst: MoneyPuck 9, we 10",
          "2024020631 all savedShotsOnGoalAgainst: MoneyPuck 16, we 15",
          "2024020631 all faceOffsWonFor: MoneyPuck 34, we 33",
          "2024020631 all faceOffsLostFor: MoneyPuck 24, we 25",
          "2024020631 5on5 shotsOnGoalAgainst: MoneyPuck 17, we 16",
          "2024020631 5on5 missedShotsAgainst: MoneyPuck 7, we 8",
          "2024020631 5on5 savedShotsOnGoalAgainst: MoneyPuck 15, we 14",
          "2024020631 5on5 faceOffsWonFor: MoneyPuck 29, we 28",
          "2024020631 5on5 faceOffsLostFor: MoneyPuck 22, we 23",
          "2024020797 all penaltiesFor: MoneyPuck 3, we 4",
          "2024020797 all penalityMinutesFor: MoneyPuck 6, we 8");

  /** One shot, on the second at which his shift begins: we give it to the line before. */
  private static final List<String> KNOWN_ON_ICE =
      List.of(
          "2023020207 all OnIce_A_shotsOnGoal: MoneyPuck 14, we 13",
          "2023020207 all OnIce_A_shotAttempts: MoneyPuck 26, we 25",
          "2023020207 all OnIce_A_unblockedShotAttempts: MoneyPuck 19, we 18",
          "2023020207 all OffIce_A_shotAttempts: MoneyPuck 31, we 32",
          "2023020207 5on5 OnIce_A_shotsOnGoal: MoneyPuck 12, we 11",
          "2023020207 5on5 OnIce_A_shotAttempts: MoneyPuck 24, we 23",
          "2023020207 5on5 OnIce_A_unblockedShotAttempts: MoneyPuck 17, we 16",
          "2023020207 5on5 OffIce_A_shotAttempts: MoneyPuck 24, we 25");

  @BeforeAll
  static void recordings() {
    Recordings.needed();
  }

  @Test
  void teamColumnsAreMoneyPucks() throws IOException {
    List<Integer> games = Recordings.games(Endpoint.PLAY_BY_PLAY.label());
    Comparison comparison = new Comparison();
    for (String team : List.of("EDM", "TOR")) {
      for (Map<String, String> theirs : rows("team-" + team + ".csv")) {
        int gameId = Integer.parseInt(theirs.getOrDefault("gameId", ""));
        if (!games.contains(gameId)) {
          continue;
        }
        GenericRecord ours =
            row(Recordings.game(gameId), "playerTeam", team, theirs.getOrDefault("situation", ""));
        for (String column : TEAM_COLUMNS) {
          comparison.compare(theirs, ours, column + "For", column + "For");
          comparison.compare(theirs, ours, column + "Against", column + "Against");
        }
        if (theirs.getOrDefault("situation", "").equals("all")) {
          comparison.compare(theirs, ours, "penaltiesFor", "penaltiesFor");
          comparison.compare(theirs, ours, "penaltiesAgainst", "penaltiesAgainst");
          comparison.compare(theirs, ours, "penalityMinutesFor", "penalityMinutesFor");
          comparison.compare(theirs, ours, "penalityMinutesAgainst", "penalityMinutesAgainst");
        }
        comparison.compare(theirs, ours, "faceOffsWonFor", "faceOffsWonFor");
        comparison.compare(theirs, ours, "faceOffsWonAgainst", "faceOffsLostFor");
      }
    }
    comparison.verify("Team columns = MoneyPuck's", KNOWN_IN_TEAMS);
  }

  @Test
  void skaterColumnsAreMoneyPucks() throws IOException {
    List<Integer> games = Recordings.games(Endpoint.PLAY_BY_PLAY.label());
    Comparison comparison = new Comparison();
    for (String player : List.of("8478402", "8479318")) {
      for (Map<String, String> theirs : rows("skater-" + player + ".csv")) {
        int gameId = Integer.parseInt(theirs.getOrDefault("gameId", ""));
        if (!games.contains(gameId)) {
          continue;
        }
        GenericRecord ours =
            row(Recordings.game(gameId), "playerId", player, theirs.getOrDefault("situation", ""));
        for (String column : SKATER_COLUMNS) {
          comparison.compare(theirs, ours, column, column);
        }
      }
    }
    comparison.verify("Skater columns = MoneyPuck's", List.of());
  }

  @Test
  void onIceColumnsAreMoneyPucks() throws IOException {
    Comparison comparison = new Comparison();
    for (Map<String, String> theirs : rows("skater-8479318.csv")) {
      String situation = theirs.getOrDefault("situation", "");
      // MoneyPuck has nobody on the ice in 3-on-3 overtime.
      if (theirs.getOrDefault("gameId", "").equals("2023020207") && !situation.equals("other")) {
        GenericRecord ours = row(Extracts.game(2023020207), "playerId", "8479318", situation);
        for (String column : ON_ICE_COLUMNS) {
          comparison.compare(theirs, ours, "OnIce_F_" + column, "OnIce_F_" + column);
          comparison.compare(theirs, ours, "OnIce_A_" + column, "OnIce_A_" + column);
        }
        if (situation.equals("all")) {
          comparison.compare(theirs, ours, "icetime", "icetime");
          comparison.compare(theirs, ours, "shifts", "shifts");
        }
        comparison.compare(theirs, ours, "OffIce_F_shotAttempts", "OffIce_F_shotAttempts");
        comparison.compare(theirs, ours, "OffIce_A_shotAttempts", "OffIce_A_shotAttempts");
      }
    }
    comparison.verify("On-ice columns = MoneyPuck's", KNOWN_ON_ICE);
  }

  private static final class Comparison {

    private final List<String> differences = new ArrayList<>();
    private final Set<String> games = new HashSet<>();
    private int cells;

    void compare(Map<String, String> theirs, GenericRecord ours, String theirName, String ourName) {
      cells++;
      games.add(theirs.getOrDefault("gameId", ""));
      double their = Double.parseDouble(theirs.getOrDefault(theirName, ""));
      double our = ((Number) ours.get(ourName)).doubleValue();
      if (their != our) {
        differences.add(
            "%s %s %s: MoneyPuck %.0f, we %.0f"
                .formatted(
                    theirs.getOrDefault("gameId", ""),
                    theirs.get("situation"),
                    ourName,
                    their,
                    our));
      }
    }

    void verify(String proof, List<String> known) {
      AccuracyReport.add(proof, "cells", games.size(), cells, differences.size());
      assertThat(differences).containsExactlyInAnyOrderElementsOf(known);
    }
  }

  private static GenericRecord row(
      ItemAnswers responses, String key, String value, String situation) {
    return Answers.rows(responses).stream()
        .filter(r -> r.get(key).equals(value) && r.get("situation").equals(situation))
        .findFirst()
        .orElseThrow();
  }

  private static List<Map<String, String>> rows(String file) throws IOException {
    Path path = Recordings.root().resolve("groundtruth/moneypuck").resolve(file);
    try (BufferedReader reader = Files.newBufferedReader(path)) {
      List<String> names = Arrays.asList(reader.readLine().split(",", -1));
      return reader.lines().map(line -> row(names, Arrays.asList(line.split(",", -1)))).toList();
    }
  }

  private static Map<String, String> row(List<String> names, List<String> values) {
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      row.put(names.get(i), values.get(i));
    }
    return row;
  }
}
