package io.landfall.sandbox.season;

import io.landfall.sandbox.season.Event.Spot;
import java.util.ArrayList;
import java.util.List;

/** The state of a game that is being simulated, and the book in which it is written down. */
final class Ice {

  private static final int EVENT_IDS = 1511; // prime: steps through it meet every number once
  private static final int EVENT_ID_STEP = 389;
  private static final int FIRST_EVENT_ID = 51;

  final SeededRandom random;
  final Rink rink;
  final IceTime time = new IceTime();
  final List<Play> plays = new ArrayList<>(420);
  final List<Shift> shifts = new ArrayList<>(1000);
  private final Lineup[] lineups;
  private final Bench[] benches;
  private final PenaltyBox[] boxes = {new PenaltyBox(), new PenaltyBox()};
  private final int[] score = new int[2];
  private final int firstEvent;
  int period;
  int second;

  Ice(SeededRandom random, Lineup away, Lineup home, boolean homeStartsLeft) {
    this.random = random;
    this.rink = new Rink(homeStartsLeft, random);
    this.lineups = new Lineup[] {away, home};
    this.benches =
        new Bench[] {
          new Bench(away, Side.AWAY, random, shifts), new Bench(home, Side.HOME, random, shifts)
        };
    this.firstEvent = random.below(EVENT_IDS);
  }

  Bench bench(Side side) {
    return benches[side.index];
  }

  PenaltyBox box(Side side) {
    return boxes[side.index];
  }

  Lineup lineup(Side side) {
    return lineups[side.index];
  }

  int score(Side side) {
    return score[side.index];
  }

  /** Goals of the team less goals of its opponents. */
  int lead(Side side) {
    return score(side) - score(side.other());
  }

  void goal(Side side) {
    score[side.index]++;
  }

  Strength strength() {
    Bench away = benches[0];
    Bench home = benches[1];
    return new Strength(
        away.goalieOn() ? 1 : 0, away.skaters(), home.skaters(), home.goalieOn() ? 1 : 0);
  }

  Moment now() {
    return new Moment(period, second, strength(), benches[0].on(), benches[1].on());
  }

  /** Writes down what comes after everything: the ice is empty, the strength is the last one. */
  void writeLast(Event event) {
    write(plays.get(plays.size() - 1).moment(), event);
  }

  /** Writes down what happens now. */
  void write(Event event) {
    write(now(), event);
  }

  void write(Moment moment, Event event) {
    int number = plays.size();
    int eventId = FIRST_EVENT_ID + (firstEvent + number * EVENT_ID_STEP) % EVENT_IDS;
    plays.add(new Play(eventId, moment, event));
  }

  /** A skater on the ice, defensemen as likely as told against 1 for a forward. */
  int skater(Side side, double defenseWeight) {
    return skaterBut(side, defenseWeight, Event.NOBODY, Event.NOBODY);
  }

  /** A skater on the ice who is neither of two; nobody if there is none. */
  int skaterBut(Side side, double defenseWeight, int one, int other) {
    Lineup lineup = lineup(side);
    int on = bench(side).skatersOn();
    double sum = 0;
    for (int left = on; left != 0; left &= left - 1) {
      int place = Integer.numberOfTrailingZeros(left);
      if (side.player(place) != one && side.player(place) != other) {
        sum += lineup.forward(place) ? 1 : defenseWeight;
      }
    }
    double chosen = random.unit() * sum;
    int last = Event.NOBODY;
    for (int left = on; left != 0; left &= left - 1) {
      int place = Integer.numberOfTrailingZeros(left);
      if (side.player(place) != one && side.player(place) != other) {
        last = side.player(place);
        chosen -= lineup.forward(place) ? 1 : defenseWeight;
        if (chosen < 0) {
          break;
        }
      }
    }
    return last;
  }

  /** Who takes the faceoff: a centre if there is one. */
  int faceoffTaker(Side side) {
    int on = bench(side).skatersOn();
    for (int left = on; left != 0; left &= left - 1) {
      int place = Integer.numberOfTrailingZeros(left);
      if (lineup(side).players().get(place).position() == 'C') {
        return side.player(place);
      }
    }
    return side.player(Integer.numberOfTrailingZeros(on));
  }

  /** The opponents' goalie as a player, or nobody if their net is empty. */
  int goalieFacing(Side shooters) {
    Side others = shooters.other();
    return bench(others).goalieOn() ? others.player(Lineup.STARTER) : Event.NOBODY;
  }

  /** A faceoff spot in the end that the team defends. */
  Spot endOf(Side side) {
    return rink.endSpot(period, side);
  }
}
