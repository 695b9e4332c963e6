package io.landfall.sandbox.season;

import io.landfall.sandbox.season.Happening.Attempt;
import io.landfall.sandbox.season.Happening.Mark;
import io.landfall.sandbox.season.Happening.Result;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * A game that was simulated: its plays, shifts and tally, and from these the API's answers. Never
 * changes; a correction makes another.
 */
public final class GeneratedGame {

  private static final long GAME = 0x47414D45;

  private final Fixture fixture;
  private final Set<EdgeCase> cases;
  private final List<Person> players;
  private final int awayForwards;
  private final int homeForwards;
  private final boolean homeStartsLeft;
  private final List<Play> plays;
  private final List<Shift> shifts;
  private final Tally tally;

  private GeneratedGame(
      Fixture fixture,
      Set<EdgeCase> cases,
      List<Person> players,
      int awayForwards,
      int homeForwards,
      boolean homeStartsLeft,
      List<Play> plays,
      List<Shift> shifts,
      Tally tally) {
    this.fixture = fixture;
    this.cases = Set.copyOf(cases);
    this.players = List.copyOf(players);
    this.awayForwards = awayForwards;
    this.homeForwards = homeForwards;
    this.homeStartsLeft = homeStartsLeft;
    this.plays = List.copyOf(plays);
    this.shifts = List.copyOf(shifts);
    this.tally = tally;
  }

  static GeneratedGame play(
      long seed, Fixture fixture, Club awayClub, Club homeClub, Set<EdgeCase> cases) {
    Draw draw = Draw.of(seed, GAME, fixture.gameId());
    Lineup away = lineup(draw, awayClub, cases);
    Lineup home = lineup(draw, homeClub, cases);
    boolean homeStartsLeft = draw.chance(0.5);
    Ice ice = new Ice(draw, away, home, homeStartsLeft);
    boolean playoffs = fixture.playoffs() || cases.contains(EdgeCase.DOUBLE_OVERTIME);
    new GameSimulation(ice, playoffs, new Script(cases)).play();
    List<Person> players = new ArrayList<>(away.players());
    players.addAll(home.players());
    ice.shifts.sort(
        Comparator.comparingInt(Shift::player)
            .thenComparingInt(Shift::period)
            .thenComparingInt(Shift::start));
    return new GeneratedGame(
        fixture,
        cases,
        players,
        away.forwards(),
        home.forwards(),
        homeStartsLeft,
        ice.plays,
        ice.shifts,
        ice.tally);
  }

  private static Lineup lineup(Draw draw, Club club, Set<EdgeCase> cases) {
    boolean eleven = draw.chance(0.035) || cases.contains(EdgeCase.ELEVEN_FORWARDS);
    int forwards = eleven ? 11 : 12;
    return new Lineup(club.dressed(draw, forwards), forwards);
  }

  /** The same game with other plays, and what they count. */
  GeneratedGame with(List<Play> otherPlays, Tally otherTally) {
    return new GeneratedGame(
        fixture,
        cases,
        players,
        awayForwards,
        homeForwards,
        homeStartsLeft,
        otherPlays,
        shifts,
        otherTally);
  }

  public Fixture fixture() {
    return fixture;
  }

  /** The forty who dressed: 0 to 19 the visitors, 20 to 39 the home team. */
  public List<Person> players() {
    return players;
  }

  /** What the generator itself counted. */
  public Tally tally() {
    return tally;
  }

  Set<EdgeCase> cases() {
    return cases;
  }

  List<Play> plays() {
    return plays;
  }

  /** By player, then by time. */
  List<Shift> shifts() {
    return shifts;
  }

  boolean homeStartsLeft() {
    return homeStartsLeft;
  }

  int forwards(boolean home) {
    return home ? homeForwards : awayForwards;
  }

  /** The number of the last period; a shootout is one. */
  int lastPeriod() {
    return plays.get(plays.size() - 1).moment().period();
  }

  /** REG, OT or SO. */
  String periodType(int period) {
    if (period <= 3) {
      return "REG";
    }
    return period == 5 && shootout() ? "SO" : "OT";
  }

  boolean shootout() {
    return plays.size() > 2 && plays.get(plays.size() - 3).what() == Mark.SHOOTOUT_COMPLETE;
  }

  /** Goals, and one more for the winner of a shootout. */
  public int score(boolean home) {
    int goals = 0;
    int deciding = 0;
    for (Play play : plays) {
      if (play.what() instanceof Attempt attempt && attempt.result() == Result.GOAL) {
        int value = Happening.home(attempt.shooter()) == home ? 1 : -1;
        if (periodType(play.moment().period()).equals("SO")) {
          deciding += value;
        } else if (value > 0) {
          goals++;
        }
      }
    }
    return goals + (deciding > 0 ? 1 : 0);
  }

  /** Shots on goal; the shootout's do not count. */
  int shotsOnGoal(boolean home) {
    int shots = 0;
    for (Play play : plays) {
      if (play.what() instanceof Attempt attempt
          && attempt.onGoal()
          && Happening.home(attempt.shooter()) == home
          && !periodType(play.moment().period()).equals("SO")) {
        shots++;
      }
    }
    return shots;
  }
}
