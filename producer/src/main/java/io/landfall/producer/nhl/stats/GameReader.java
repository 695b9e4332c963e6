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

  /** Share of the plays, one in so many, that may be in no period or without a clock. */
  private static final int PLAYS_PER_UNPLACED = 20;

  /**
   * A play-by-play.
   *
   * @param waiting why it cannot be used yet, or null
   * @param remarks what was odd in it and cost only itself
   */
  record Reading(@Nullable Game game, @Nullable String waiting, List<String> remarks) {

    static Reading waiting(String why) {
      return new Reading(null, why, List.of());
    }
  }

  private final PlayByPlayJson answer;
  private final PlayByPlayJson.Team away;
  private final PlayByPlayJson.Team home;
  private final Header header;
  private final List<String> remarks = new ArrayList<>();

  private GameReader(PlayByPlayJson answer, PlayByPlayJson.Team away, PlayByPlayJson.Team home) {
    this.answer = answer;
    this.away = away;
    this.home = home;
    this.header = Header.of(answer, away, home, !hasEnded(answer));
  }

  /**
   * Reads an answer.
   *
   * @param mayGoOn whether a game that has not ended is read too, as far as it has come
   * @param official the lines of the box score, for whom the roster does not tell of
   */
  static Reading read(
      PlayByPlayJson answer, int gameId, boolean mayGoOn, List<OfficialLine> official)
      throws UnusableAnswer {
    if (answer.id() != gameId) {
      throw new UnusableAnswer(
          "The play-by-play is of game %d, asked for was game %d".formatted(answer.id(), gameId));
    }
    boolean ended = hasEnded(answer);
    if (!ended && !(mayGoOn && GameState.inProgress(answer.gameState()))) {
      return Reading.waiting("not ended: gameState is " + answer.gameState());
    }
    if (answer.plays() == null || answer.plays().isEmpty()) {
      return Reading.waiting((ended ? "ended, but" : "in progress,") + " without plays");
    }
    if (answer.rosterSpots() == null || answer.rosterSpots().isEmpty()) {
      return Reading.waiting((ended ? "ended, but" : "in progress,") + " without a roster");
    }
    GameReader reader =
        new GameReader(
            answer, team("awayTeam", answer.awayTeam()), team("homeTeam", answer.homeTeam()));
    Game game = reader.game(answer.rosterSpots(), answer.plays(), official);
    return new Reading(game, null, reader.remarks);
  }

  /** In a state that nobody knows a game has ended if its plays say so. */
  private static boolean hasEnded(PlayByPlayJson answer) {
    return GameState.ended(answer.gameState())
        || (GameState.mayHaveEnded(answer.gameState())
            && answer.plays() != null
            && answer.plays().stream()
                .anyMatch(
                    play -> play != null && PlayType.ofCode(play.typeCode()) == PlayType.GAME_END));
  }

  private static PlayByPlayJson.Team team(String which, PlayByPlayJson.@Nullable Team team)
      throws UnusableAnswer {
    if (team == null || team.id() == 0 || team.abbrev() == null) {
      throw new UnusableAnswer(
          "The play-by-play's %s has no id or no abbrev: %s"
              .formatted(
                  which,
                  team == null ? null : "id %d, abbrev %s".formatted(team.id(), team.abbrev())));
    }
    return team;
  }

  private Game game(
      List<PlayByPlayJson.@Nullable RosterSpot> spots,
      List<PlayByPlayJson.@Nullable Play> plays,
      List<OfficialLine> official)
      throws UnusableAnswer {
    if (away.id() == home.id()) {
      throw new UnusableAnswer("Both teams of the play-by-play have the id " + home.id());
    }
    if (answer.season() == 0) {
      throw new UnusableAnswer("The play-by-play has no season");
    }
    RosterReader rosterReader = new RosterReader(this::side, official);
    Roster roster = rosterReader.read(spots);
    rosterReader.odd().ifPresent(remarks::add);
    List<PlayByPlayJson.Play> ordered = ordered(plays);
    Ends ends = new Ends(ordered, this::side);
    PlayReader reader = new PlayReader(header, roster, this::side, ends);
    List<Play> read = plays(ordered, reader, plays.size() - ordered.size());
    Game game =
        new Game(
            answer.id(),
            answer.season(),
            text(away.abbrev()),
            text(home.abbrev()),
            header,
            roster,
            read,
            reader.droppedGoals(),
            reader.endsKnown());
    remarkOn(ends, game.lastPeriod());
    return game;
  }

  private void remarkOn(Ends ends, int lastPeriod) {
    List<Integer> odd = ends.odd().stream().filter(period -> period <= lastPeriod).toList();
    if (!odd.isEmpty()) {
      remarks.add("homeTeamDefendingSide contradicts itself or the zone codes in periods " + odd);
    }
  }

  private List<Play> plays(List<PlayByPlayJson.Play> ordered, PlayReader reader, int nulls)
      throws UnusableAnswer {
    List<Play> plays = new ArrayList<>(ordered.size());
    for (PlayByPlayJson.Play play : ordered) {
      Play read = reader.read(play);
      if (read != null) {
        plays.add(read);
      }
    }
    for (int i = 0; i < nulls; i++) {
      reader.unplaced().add("null");
    }
    int unplaced = reader.unplaced().count();
    if (unplaced * PLAYS_PER_UNPLACED > ordered.size() + nulls) {
      throw new UnusableAnswer(
          "The play-by-play has too many plays that cannot be placed, of %d "
                  .formatted(ordered.size() + nulls)
              + reader.unplaced().text().orElse(""));
    }
    reader.unplaced().text().ifPresent(remarks::add);
    reader.strangers().text().ifPresent(remarks::add);
    return plays;
  }

  /**
   * In the order of {@code sortOrder}: the clock and the event ids go back now and then. Where two
   * plays share one, which happens too, period and clock decide.
   */
  private static List<PlayByPlayJson.Play> ordered(List<PlayByPlayJson.@Nullable Play> answers) {
    List<PlayByPlayJson.Play> ordered = new ArrayList<>(answers.size());
    for (PlayByPlayJson.Play play : answers) {
      if (play != null) {
        ordered.add(play);
      }
    }
    ordered.sort(
        Comparator.comparingInt(PlayByPlayJson.Play::sortOrder)
            .thenComparingInt(GameReader::period)
            .thenComparingInt(play -> Clock.seconds(play.timeInPeriod())));
    return ordered;
  }

  private static int period(PlayByPlayJson.Play play) {
    return play.periodDescriptor() == null ? 0 : play.periodDescriptor().number();
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
