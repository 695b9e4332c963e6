package io.landfall.sandbox.season;

import io.landfall.sandbox.season.Event.Attempt;
import io.landfall.sandbox.season.Event.Giveaway;
import io.landfall.sandbox.season.Event.Hit;
import io.landfall.sandbox.season.Event.Result;
import io.landfall.sandbox.season.Event.Takeaway;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A game that was simulated: its plays, shifts and tally, and from these the API's answers. Never
 * changes; a correction makes another.
 */
public final class GeneratedGame {

  private static final long GAME = 0x47414D45;

  private final Fixture fixture;
  private final Set<EdgeCase> cases;
  private final Lineup away;
  private final Lineup home;
  private final boolean homeStartsLeft;
  private final List<Person> players;
  private final List<Play> plays;
  private final List<Shift> shifts;
  private final IceTime time;
  private final Tally tally;

  private GeneratedGame(
      Fixture fixture,
      Set<EdgeCase> cases,
      Lineup away,
      Lineup home,
      boolean homeStartsLeft,
      List<Play> plays,
      List<Shift> shifts,
      IceTime time) {
    this.fixture = fixture;
    this.cases = Set.copyOf(cases);
    this.away = away;
    this.home = home;
    this.homeStartsLeft = homeStartsLeft;
    this.players = Stream.of(away, home).flatMap(lineup -> lineup.players().stream()).toList();
    this.plays = List.copyOf(plays);
    this.shifts = List.copyOf(shifts);
    this.time = time;
    this.tally =
        new Tally(time, homeStartsLeft, plays.stream().filter(play -> !shootout(play)).toList());
  }

  static GeneratedGame play(
      long seed, Fixture fixture, Club awayClub, Club homeClub, Set<EdgeCase> cases) {
    SeededRandom random = SeededRandom.of(seed, GAME, fixture.gameId());
    Lineup away = lineup(random, awayClub, cases);
    Lineup home = lineup(random, homeClub, cases);
    boolean homeStartsLeft = random.chance(0.5);
    Ice ice = new Ice(random, away, home, homeStartsLeft);
    new GameSimulation(ice, fixture.playoffs(), new Script(cases)).play();
    if (cases.contains(EdgeCase.CLOCK_BACKWARDS)) {
      swapNeighbours(ice.plays);
    }
    ice.shifts.sort(
        Comparator.comparingInt(Shift::player)
            .thenComparingInt(Shift::period)
            .thenComparingInt(Shift::start));
    return new GeneratedGame(
        fixture, cases, away, home, homeStartsLeft, ice.plays, ice.shifts, ice.time);
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
    return play.event() instanceof Hit
        || play.event() instanceof Giveaway
        || play.event() instanceof Takeaway;
  }

  private static Lineup lineup(SeededRandom random, Club club, Set<EdgeCase> cases) {
    boolean eleven = random.chance(0.035) || cases.contains(EdgeCase.ELEVEN_FORWARDS);
    int forwards = eleven ? 11 : 12;
    return new Lineup(club.dressed(random, forwards), forwards);
  }

  /** The same game with other plays. */
  GeneratedGame with(List<Play> otherPlays) {
    return copy(fixture, otherPlays, shifts);
  }

  /** The same game at another place in the calendar. */
  GeneratedGame at(Fixture other) {
    return copy(other, plays, shifts);
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
    return copy(fixture, past, begun);
  }

  private GeneratedGame copy(Fixture where, List<Play> otherPlays, List<Shift> otherShifts) {
    return new GeneratedGame(
        where, cases, away, home, homeStartsLeft, otherPlays, otherShifts, time);
  }

  public Fixture fixture() {
    return fixture;
  }

  /** The forty who dressed: 0 to 19 the visitors, 20 to 39 the home team. */
  public List<Person> players() {
    return players;
  }

  /** What its plays come to; time on ice is always that of the whole game. */
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
    return (side == Side.HOME ? home : away).forwards();
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

  boolean shootout(Play play) {
    return periodType(play.moment().period()).equals("SO");
  }

  /** Goals, and one more for the winner of a shootout. */
  public int score(Side side) {
    int lead = 0;
    for (Play play : plays) {
      if (shootout(play) && play.event() instanceof Attempt attempt) {
        int goal = attempt.result() == Result.GOAL ? 1 : 0;
        lead += Side.of(attempt.shooter()) == side ? goal : -goal;
      }
    }
    return tally.teamCount(side, Metric.GOALS) + (lead > 0 ? 1 : 0);
  }

  /** Shots on goal; the shootout's do not count. */
  int shotsOnGoal(Side side) {
    return tally.teamCount(side, Metric.SHOTS_ON_GOAL);
  }
}
