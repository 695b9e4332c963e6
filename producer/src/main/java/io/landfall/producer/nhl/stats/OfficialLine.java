package io.landfall.producer.nhl.stats;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of the box score, and whose it is.
 *
 * @param position null where the box score does not tell it
 */
record OfficialLine(Side side, @Nullable String position, BoxScoreJson.Line line) {

  /** Every line of a player, of either generation of the box score. */
  static List<OfficialLine> all(BoxScoreJson answer) {
    BoxScoreJson.Teams teams = answer.playerByGameStats();
    if (teams == null && answer.boxscore() != null) {
      teams = answer.boxscore().playerByGameStats();
    }
    List<OfficialLine> lines = new ArrayList<>();
    if (teams != null) {
      collect(Side.AWAY, teams.awayTeam(), lines);
      collect(Side.HOME, teams.homeTeam(), lines);
    }
    return lines;
  }

  private static void collect(
      Side side, BoxScoreJson.@Nullable Lines team, List<OfficialLine> lines) {
    if (team != null) {
      collect(side, null, team.forwards(), lines);
      collect(side, "D", team.defense(), lines);
      collect(side, Player.GOALIE, team.goalies(), lines);
    }
  }

  private static void collect(
      Side side,
      @Nullable String position,
      @Nullable List<BoxScoreJson.@Nullable Line> group,
      List<OfficialLine> lines) {
    if (group == null) {
      return;
    }
    for (BoxScoreJson.Line line : group) {
      if (line != null && line.playerId() != 0) {
        boolean told = line.position() != null && !line.position().isBlank();
        lines.add(new OfficialLine(side, told ? line.position() : position, line));
      }
    }
  }

  boolean goalie() {
    return Player.GOALIE.equals(position);
  }
}
