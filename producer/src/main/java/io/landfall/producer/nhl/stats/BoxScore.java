package io.landfall.producer.nhl.stats;

import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The official line of each dressed player of an ended game. */
final class BoxScore {

  static final Json<BoxScoreJson> JSON = Json.of(BoxScoreJson.class);

  private final BoxScoreJson.@Nullable Line[] lines;

  private BoxScore(BoxScoreJson.@Nullable Line[] lines) {
    this.lines = lines;
  }

  /** The lines of a box score, and why they cannot be used, or null. */
  record Reading(List<OfficialLine> lines, @Nullable String missing) {}

  /**
   * Reads the lines of an answer; whose they are is told by the roster, which may need them.
   *
   * @param mayGoOn whether those of a game that has not ended are read too
   */
  static Reading read(BoxScoreJson answer, int gameId, boolean mayGoOn) {
    if (answer.id() != gameId) {
      return new Reading(
          List.of(),
          "The box score is of game %d, asked for was game %d".formatted(answer.id(), gameId));
    }
    // What an unknown state means the plays decide; without them a box score counts for nothing.
    boolean usable =
        GameState.mayHaveEnded(answer.gameState())
            || (mayGoOn && GameState.inProgress(answer.gameState()));
    return usable
        ? new Reading(OfficialLine.all(answer), null)
        : new Reading(List.of(), "not ended: gameState is " + answer.gameState());
  }

  static BoxScore of(List<OfficialLine> official, Roster roster) {
    BoxScoreJson.@Nullable Line[] lines = new BoxScoreJson.@Nullable Line[roster.size()];
    for (OfficialLine line : official) {
      int player = roster.indexOf(line.line().playerId());
      if (player != Roster.NOBODY) {
        lines[player] = line.line();
      }
    }
    return new BoxScore(lines);
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

  /** The sum of a tally over all players; null if no line tells it. */
  @Nullable Integer total(Tally tally) {
    Integer total = null;
    for (BoxScoreJson.Line line : lines) {
      Integer told = line == null ? null : line.official(tally);
      if (told != null) {
        total = told + (total == null ? 0 : total);
      }
    }
    return total;
  }
}
