package io.landfall.producer.nhl.stats;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads the roster of a play-by-play. What a spot does not tell, and whom the roster does not list,
 * the box score does; a spot that neither tells of costs itself.
 */
final class RosterReader {

  private final IntFunction<@Nullable Side> teams;
  private final Map<Integer, OfficialLine> official = new HashMap<>();
  private final Map<Integer, Player> players = new LinkedHashMap<>();
  private final Oddities odd = new Oddities("odd roster spots");

  RosterReader(IntFunction<@Nullable Side> teams, List<OfficialLine> lines) {
    this.teams = teams;
    lines.forEach(line -> official.put(line.line().playerId(), line));
  }

  Roster read(List<PlayByPlayJson.@Nullable RosterSpot> spots) throws UnusableAnswer {
    for (int i = 0; i < spots.size(); i++) {
      read(i, spots.get(i));
    }
    official.forEach(this::addUnlisted);
    if (players.isEmpty()) {
      throw new UnusableAnswer(
          "The play-by-play lists no player who can be told: " + odd.text().orElse("no spots"));
    }
    return Roster.of(List.copyOf(players.values()));
  }

  /** The spots that were odd. */
  Optional<String> odd() {
    return odd.text();
  }

  private void read(int index, PlayByPlayJson.@Nullable RosterSpot spot) {
    if (spot == null || spot.playerId() == 0) {
      odd.add("rosterSpots[%d] has no player".formatted(index));
      return;
    }
    int id = spot.playerId();
    if (players.containsKey(id)) {
      odd.add("player %d is listed twice".formatted(id));
      return;
    }
    OfficialLine line = official.get(id);
    Side side = teams.apply(spot.teamId());
    if (side == null || (line != null && line.side() != side)) {
      odd.add("player %d is of team %d".formatted(id, spot.teamId()));
      side = line == null ? null : line.side();
    }
    String position = position(spot, line);
    if (side != null && position != null) {
      String name = (text(spot.firstName()) + " " + text(spot.lastName())).strip();
      int sweaterNumber =
          spot.sweaterNumber() == 0 && line != null
              ? line.line().sweaterNumber()
              : spot.sweaterNumber();
      players.put(id, new Player(0, id, side, sweaterNumber, name, position));
    }
  }

  private @Nullable String position(PlayByPlayJson.RosterSpot spot, @Nullable OfficialLine line) {
    String position = spot.positionCode();
    boolean told = position != null && !position.isBlank();
    boolean refuted =
        told
            && line != null
            && line.position() != null
            && line.goalie() != Player.GOALIE.equals(position);
    if (told && !refuted) {
      return position;
    }
    odd.add("player %d has the position %s".formatted(spot.playerId(), position));
    return line == null ? null : line.position();
  }

  private void addUnlisted(int id, OfficialLine line) {
    if (!players.containsKey(id) && line.position() != null) {
      odd.add("player %d is in the box score only".formatted(id));
      String name = text(line.line().name());
      int sweaterNumber = line.line().sweaterNumber();
      players.put(id, new Player(0, id, line.side(), sweaterNumber, name, line.position()));
    }
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
