package io.landfall.producer.nhl.stats;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a play-by-play answer of either API generation into a {@link Game}. */
final class GameReader {

  /** Six overtimes is the longest game ever; this many periods is no game. */
  static final int MOST_PERIODS = 20;

  static final Json<PlayByPlayJson> JSON = Json.of(PlayByPlayJson.class);
  private static final Strength FULL_STRENGTH = new Strength(1, 5, 5, 1);

  /** A play-by-play, and why it cannot be used yet, or null. */
  record Reading(@Nullable Game game, @Nullable String waiting) {}

  private final PlayByPlayJson answer;
  private final PlayByPlayJson.Team away;
  private final PlayByPlayJson.Team home;

  private GameReader(PlayByPlayJson answer, PlayByPlayJson.Team away, PlayByPlayJson.Team home) {
    this.answer = answer;
    this.away = away;
    this.home = home;
  }

  static Reading read(PlayByPlayJson answer, int gameId) throws UnusableAnswer {
    if (answer.id() != gameId) {
      throw new UnusableAnswer(
          "The play-by-play is of game %d, asked for was game %d".formatted(answer.id(), gameId));
    }
    if (!GameState.ended(answer.gameState())) {
      return new Reading(null, "not ended: gameState is " + answer.gameState());
    }
    if (answer.plays() == null || answer.plays().isEmpty()) {
      return new Reading(null, "ended, but without plays");
    }
    if (answer.rosterSpots() == null || answer.rosterSpots().isEmpty()) {
      return new Reading(null, "ended, but without a roster");
    }
    GameReader reader =
        new GameReader(
            answer, team("awayTeam", answer.awayTeam()), team("homeTeam", answer.homeTeam()));
    return new Reading(reader.game(answer.rosterSpots(), answer.plays()), null);
  }

  private static PlayByPlayJson.Team team(String which, PlayByPlayJson.@Nullable Team team)
      throws UnusableAnswer {
    if (team == null || team.id() == 0 || team.abbrev() == null) {
      throw new UnusableAnswer(
          "The play-by-play's %s has no id or no abbrev: %s".formatted(which, team));
    }
    return team;
  }

  private Game game(
      List<PlayByPlayJson.@Nullable RosterSpot> spots, List<PlayByPlayJson.@Nullable Play> plays)
      throws UnusableAnswer {
    if (away.id() == home.id()) {
      throw new UnusableAnswer("Both teams of the play-by-play have the id " + home.id());
    }
    if (answer.season() == 0) {
      throw new UnusableAnswer("The play-by-play has no season");
    }
    Roster roster = roster(spots);
    return new Game(
        answer.id(),
        answer.season(),
        text(away.abbrev()),
        text(home.abbrev()),
        roster,
        plays(plays, roster));
  }

  private Roster roster(List<PlayByPlayJson.@Nullable RosterSpot> spots) throws UnusableAnswer {
    List<Player> players = new ArrayList<>(spots.size());
    for (PlayByPlayJson.RosterSpot spot : spots) {
      Side side = spot == null ? null : side(spot.teamId());
      if (spot == null || side == null || spot.playerId() == 0 || spot.positionCode() == null) {
        throw new UnusableAnswer(
            "rosterSpots[%d] has no player, no position or a team that does not play: %s"
                .formatted(players.size(), spot));
      }
      String name = (text(spot.firstName()) + " " + text(spot.lastName())).strip();
      players.add(
          new Player(0, spot.playerId(), side, spot.sweaterNumber(), name, spot.positionCode()));
    }
    return Roster.of(players);
  }

  private List<Play> plays(List<PlayByPlayJson.@Nullable Play> answers, Roster roster)
      throws UnusableAnswer {
    PlayReader reader = new PlayReader(roster, this::side);
    List<PlayByPlayJson.Play> ordered = ordered(answers);
    List<Play> plays = new ArrayList<>(ordered.size());
    Strength strength = FULL_STRENGTH;
    for (PlayByPlayJson.Play play : ordered) {
      Strength own = Strength.ofCode(play.situationCode());
      strength = own == null ? strength : own;
      plays.add(reader.read(play, strength));
    }
    return plays;
  }

  /**
   * In the order of {@code sortOrder}: the clock and the event ids go back now and then. Where two
   * plays share one, which happens too, the clock decides.
   */
  private static List<PlayByPlayJson.Play> ordered(List<PlayByPlayJson.@Nullable Play> answers)
      throws UnusableAnswer {
    List<PlayByPlayJson.Play> ordered = new ArrayList<>(answers.size());
    for (PlayByPlayJson.Play play : answers) {
      if (play == null) {
        throw new UnusableAnswer("plays[%d] is null".formatted(ordered.size()));
      }
      ordered.add(play);
    }
    ordered.sort(
        Comparator.comparingInt(PlayByPlayJson.Play::sortOrder)
            .thenComparingInt(play -> Clock.seconds(play.timeInPeriod())));
    return ordered;
  }

  private @Nullable Side side(int teamId) {
    if (teamId == home.id()) {
      return Side.HOME;
    }
    return teamId == away.id() ? Side.AWAY : null;
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
