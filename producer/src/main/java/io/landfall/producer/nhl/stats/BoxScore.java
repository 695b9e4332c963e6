package io.landfall.producer.nhl.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The official line of each dressed player of an ended game. */
final class BoxScore {

  static final Json<BoxScoreJson> JSON = Json.of(BoxScoreJson.class);

  private final BoxScoreJson.@Nullable Line[] lines;

  private BoxScore(BoxScoreJson.@Nullable Line[] lines) {
    this.lines = lines;
  }

  /** A box score, and why it cannot be used, or null. */
  record Reading(@Nullable BoxScore boxScore, @Nullable String missing) {}

  static Reading read(BoxScoreJson answer, Game game) throws UnusableAnswer {
    if (answer.id() != game.id()) {
      throw new UnusableAnswer(
          "The box score is of game %d, asked for was game %d".formatted(answer.id(), game.id()));
    }
    if (!GameState.ended(answer.gameState())) {
      return new Reading(null, "not ended: gameState is " + answer.gameState());
    }
    BoxScoreJson.@Nullable Line[] lines = new BoxScoreJson.@Nullable Line[game.roster().size()];
    for (BoxScoreJson.Line line : lines(answer)) {
      int player = game.roster().indexOf(line.playerId());
      if (player != Roster.NOBODY) {
        lines[player] = line;
      }
    }
    return new Reading(new BoxScore(lines), null);
  }

  private static List<BoxScoreJson.Line> lines(BoxScoreJson answer) {
    BoxScoreJson.Teams teams = answer.playerByGameStats();
    if (teams == null && answer.boxscore() != null) {
      teams = answer.boxscore().playerByGameStats();
    }
    List<BoxScoreJson.Line> lines = new ArrayList<>();
    if (teams != null) {
      collect(teams.awayTeam(), lines);
      collect(teams.homeTeam(), lines);
    }
    return lines;
  }

  private static void collect(BoxScoreJson.@Nullable Lines team, List<BoxScoreJson.Line> lines) {
    if (team != null) {
      collect(team.forwards(), lines);
      collect(team.defense(), lines);
      collect(team.goalies(), lines);
    }
  }

  private static void collect(
      @Nullable List<BoxScoreJson.@Nullable Line> group, List<BoxScoreJson.Line> lines) {
    if (group == null) {
      return;
    }
    for (BoxScoreJson.Line line : group) {
      if (line != null) {
        lines.add(line);
      }
    }
  }

  /** How many players have a line. */
  int size() {
    return (int) Arrays.stream(lines).filter(Objects::nonNull).count();
  }

  /** The line of a player, or null if the box score has none. */
  BoxScoreJson.@Nullable Line line(int player) {
    return lines[player];
  }

  /** Seconds on the ice of a player, if the box score tells. */
  OptionalInt seconds(int player) {
    BoxScoreJson.Line line = lines[player];
    int seconds = line == null ? Clock.UNREADABLE : Clock.seconds(line.toi());
    return seconds == Clock.UNREADABLE ? OptionalInt.empty() : OptionalInt.of(seconds);
  }

  /** Shifts of a player, if the box score tells: that of autumn 2023 does not. */
  @Nullable Integer shifts(int player) {
    BoxScoreJson.Line line = lines[player];
    return line == null ? null : line.shifts();
  }
}
