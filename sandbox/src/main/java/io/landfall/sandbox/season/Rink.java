package io.landfall.sandbox.season;

import io.landfall.sandbox.season.Event.Spot;
import java.util.List;

/** Where on the ice things happen: feet from the centre, the home team's side by period. */
final class Rink {

  private static final int BLUE_LINE = 25;
  private static final int END = 99;
  private static final int BOARD = 42;
  private static final List<Spot> NEUTRAL_SPOTS =
      List.of(new Spot(20, 22), new Spot(20, -22), new Spot(-20, 22), new Spot(-20, -22));

  private final boolean homeStartsLeft;
  private final SeededRandom random;

  Rink(boolean homeStartsLeft, SeededRandom random) {
    this.homeStartsLeft = homeStartsLeft;
    this.random = random;
  }

  /** Whether the home team defends the left end, and so attacks towards positive x. */
  static boolean homeDefendsLeft(boolean homeStartsLeft, int period) {
    return homeStartsLeft == (period % 2 == 1);
  }

  /** Feet from centre ice towards the net that a team attacks. */
  static int towards(boolean homeStartsLeft, int period, Side side, Spot spot) {
    return direction(homeStartsLeft, period, side) * spot.x();
  }

  /** O, N or D as a team sees a spot. */
  static char zone(boolean homeStartsLeft, int period, Side side, Spot spot) {
    int towards = towards(homeStartsLeft, period, side, spot);
    if (towards > BLUE_LINE) {
      return 'O';
    }
    return towards < -BLUE_LINE ? 'D' : 'N';
  }

  /** Towards which end a team attacks: 1 for positive x. */
  private static int direction(boolean homeStartsLeft, int period, Side side) {
    return (side == Side.HOME) == homeDefendsLeft(homeStartsLeft, period) ? 1 : -1;
  }

  private int direction(int period, Side side) {
    return direction(homeStartsLeft, period, side);
  }

  /** Where a team shoots from: mostly near the net it attacks, sometimes from far. */
  Spot shot(int period, Side side, boolean netEmpty) {
    boolean far = random.chance(netEmpty ? 0.55 : 0.05);
    int x = far ? random.between(-80, 24) : 88 - (int) Math.min(62, Math.abs(random.normal()) * 26);
    int y = (int) (random.normal() * (far ? 18 : 13));
    return spot(x * direction(period, side), y);
  }

  /** Where an attempt of a team is blocked: between the shooter and the net. */
  Spot block(int period, Side side) {
    int x = random.chance(0.96) ? random.between(45, 84) : random.between(-60, 24);
    return spot(x * direction(period, side), (int) (random.normal() * 11));
  }

  Spot anywhere() {
    return spot(random.between(-96, 96), random.between(-BOARD, BOARD));
  }

  /** A faceoff spot in the end that a team defends. */
  Spot endSpot(int period, Side defenders) {
    return new Spot(-69 * direction(period, defenders), random.chance(0.5) ? 22 : -22);
  }

  Spot neutralSpot() {
    return random.from(NEUTRAL_SPOTS);
  }

  private static Spot spot(int x, int y) {
    return new Spot(Math.max(-END, Math.min(END, x)), Math.max(-BOARD, Math.min(BOARD, y)));
  }
}
