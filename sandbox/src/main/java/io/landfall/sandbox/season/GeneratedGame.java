package io.landfall.sandbox.season;

import io.landfall.sandbox.season.Happening.Attempt;
import io.landfall.sandbox.season.Happening.Giveaway;
import io.landfall.sandbox.season.Happening.Hit;
import io.landfall.sandbox.season.Happening.Result;
import io.landfall.sandbox.season.Happening.Takeaway;
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
    new GameSimulation(ice, fixture.playoffs(), new Script(cases)).play();
    if (cases.contains(EdgeCase.CLOCK_BACKWARDS)) {
      swapNeighbours(ice.plays);
    }
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

  /** Two plays of different seconds change places, as the API sometimes sorts them. */
  private static void swapNeighbours(List<Play> plays) {
    for (int i = plays.size() / 3; i < plays.size() - 1; i++) {
      Play one = plays.get(i);
      Play next = plays.get(i + 1);
      if (inPlay(one) && inPlay(next) && one.moment().second() < next.moment().second()) {
        plays.set(i, next);
        plays.set(i + 1, one);
        return;
      }
    }
  }

  private static boolean inPlay(Play play) {
    return play.what() instanceof Hit
        || play.what() instanceof Giveaway
        || play.what() instanceof Takeaway;
  }

  private static Lineup lineup(Draw draw, Club club, Set<EdgeCase> cases) {
    boolean eleven = draw.chance(0.035) || cases.contains(EdgeCase.ELEVEN_FORWARDS);
    int forwards = eleven ? 11 : 12;
    return new Lineup(club.dressed(draw, forwards), forwards);
  }

  /** The same game with other plays, and what they count. */
  GeneratedGame with(List<Play> otherPlays, Tally otherTally) {
    return copy(fixture, otherPlays, shifts, otherTally);
  }

  /** The same game at another place in the calendar. */
  GeneratedGame at(Fixture other) {
    return copy(other, plays, shifts, tally);
  }

  /** What can be known of it so far: plays until now, shifts that have begun. */
  GeneratedGame until(Progress progress) {
    if (!progress.state().playing()) {
      return this;
    }
    List<Play> past = new ArrayList<>();
    for (Play play : plays) {
      if (progress.reached(play.moment().period(), play.moment().second())) {
        past.add(play);
      }
    }
    List<Shift> begun = new ArrayList<>();
    for (Shift shift : shifts) {
      if (progress.reached(shift.period(), shift.end())) {
        begun.add(shift);
      } else if (progress.reached(shift.period(), shift.start() + 1)) {
        begun.add(new Shift(shift.player(), shift.period(), shift.start(), progress.second()));
      }
    }
    return copy(fixture, past, begun, tally);
  }

  private GeneratedGame copy(Fixture where, List<Play> what, List<Shift> who, Tally counted) {
    return new GeneratedGame(
        where, cases, players, awayForwards, homeForwards, homeStartsLeft, what, who, counted);
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

  int forwards(Side side) {
    return side == Side.HOME ? homeForwards : awayForwards;
  }

  /** The number of the last period; a shootout is one. */
  int lastPeriod() {
    return plays.isEmpty() ? 1 : plays.get(plays.size() - 1).moment().period();
  }

  /** REG, OT or SO: the fifth period is overtime in the playoffs only. */
  String periodType(int period) {
    if (period <= 3) {
      return "REG";
    }
    return period == 5 && !fixture.playoffs() ? "SO" : "OT";
  }

  /** Goals, and one more for the winner of a shootout. */
  public int score(Side side) {
    int goals = 0;
    int deciding = 0;
    for (Play play : plays) {
      if (play.what() instanceof Attempt attempt && attempt.result() == Result.GOAL) {
        int value = Side.of(attempt.shooter()) == side ? 1 : -1;
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
  int shotsOnGoal(Side side) {
    int shots = 0;
    for (Play play : plays) {
      if (play.what() instanceof Attempt attempt
          && attempt.onGoal()
          && Side.of(attempt.shooter()) == side
          && !periodType(play.moment().period()).equals("SO")) {
        shots++;
      }
    }
    return shots;
  }
}
