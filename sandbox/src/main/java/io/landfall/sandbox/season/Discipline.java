package io.landfall.sandbox.season;

import io.landfall.sandbox.season.Event.Penalty;
import java.util.List;

/** Penalties: which are called, and what they do to the teams. */
final class Discipline {

  private static final int MINOR = 120;
  private static final List<String> MINORS =
      List.of(
          "tripping",
          "roughing",
          "hooking",
          "interference",
          "holding",
          "slashing",
          "high-sticking",
          "cross-checking",
          "holding-the-stick",
          "delaying-game-puck-over-glass",
          "interference-goalkeeper",
          "unsportsmanlike-conduct");
  private static final double[] MINOR_WEIGHTS = {108, 45, 77, 60, 55, 49, 47, 32, 13, 12, 6, 5};
  private static final double[] INCIDENTS = {4.75, 0.42, 0.17, 0.13, 0.14, 0.02, 0.09};

  /** What the referees saw. */
  enum Incident {
    MINOR,
    COINCIDENTAL_MINORS,
    FIGHT,
    BENCH_MINOR,
    DOUBLE_MINOR,
    MAJOR,
    MISCONDUCT
  }

  private final Ice ice;

  Discipline(Ice ice) {
    this.ice = ice;
  }

  Incident incident() {
    return Incident.values()[ice.random.weighted(INCIDENTS)];
  }

  /** Calls it against a team, here and now. */
  void call(Incident incident, Side side) {
    switch (incident) {
      case MINOR -> minor(side, true, MINORS.get(ice.random.weighted(MINOR_WEIGHTS)));
      case COINCIDENTAL_MINORS -> coincidental();
      case FIGHT -> fight();
      case BENCH_MINOR -> benchMinor(side);
      case DOUBLE_MINOR -> alone(side, "MIN", "high-sticking-double-minor", 4, true);
      case MAJOR -> alone(side, "MAJ", "cross-checking", 5, false);
      case MISCONDUCT -> misconduct(side);
    }
  }

  /** The foul that gives a penalty shot; nobody sits for it. */
  void penaltyShotFoul(Side side, int fouled) {
    int offender = ice.skater(side, 2);
    write(side, offender, fouled, Event.NOBODY, "PS", "ps-hooking-on-breakaway", 0);
  }

  private void minor(Side side, boolean shortens, String offence) {
    int offender = ice.skater(side, 1.2);
    int victim = offence.startsWith("delaying") ? Event.NOBODY : ice.skater(side.other(), 0.8);
    write(side, offender, victim, Event.NOBODY, "MIN", offence, 2);
    sit(side, offender, MINOR, shortens, shortens);
  }

  /** One of each team: at five a side both teams play with four, else nobody is missed. */
  private void coincidental() {
    boolean fourAside = ice.box(Side.AWAY).shortBy() == 0 && ice.box(Side.HOME).shortBy() == 0;
    oneOfEach("MIN", "roughing", 2, fourAside);
  }

  private void fight() {
    oneOfEach("MAJ", "fighting", 5, false);
  }

  private void oneOfEach(String code, String offence, int minutes, boolean shortens) {
    int away = ice.skater(Side.AWAY, 0.8);
    int home = ice.skater(Side.HOME, 0.8);
    write(Side.AWAY, away, home, Event.NOBODY, code, offence, minutes);
    write(Side.HOME, home, away, Event.NOBODY, code, offence, minutes);
    sit(Side.AWAY, away, minutes * 60, shortens, false);
    sit(Side.HOME, home, minutes * 60, shortens, false);
  }

  private void benchMinor(Side side) {
    int server = ice.skater(side, 0.2);
    write(side, Event.NOBODY, Event.NOBODY, server, "BEN", "too-many-men-on-the-ice", 2);
    sit(side, server, MINOR, true, true);
  }

  private void alone(Side side, String code, String offence, int minutes, boolean endsOnGoal) {
    int offender = ice.skater(side, 1);
    write(side, offender, ice.skater(side.other(), 1), Event.NOBODY, code, offence, minutes);
    sit(side, offender, minutes * 60, true, endsOnGoal);
  }

  private void misconduct(Side side) {
    int offender = ice.skater(side, 1);
    boolean game = ice.random.chance(0.2);
    write(
        side,
        offender,
        Event.NOBODY,
        Event.NOBODY,
        game ? "GAM" : "MIS",
        game ? "game-misconduct" : "misconduct",
        10);
    if (game) {
      ice.box(side).eject(Side.place(offender));
    } else {
      sit(side, offender, 600, false, false);
    }
  }

  private void write(
      Side side, int by, int drawn, int served, String code, String offence, int minutes) {
    ice.write(new Penalty(side, by, drawn, served, code, offence, minutes, ice.rink.anywhere()));
  }

  private void sit(Side side, int player, int seconds, boolean shortens, boolean endsOnGoal) {
    ice.box(side).add(new Sentence(Side.place(player), seconds, shortens, endsOnGoal));
  }
}
