package io.landfall.sandbox.season;

import io.landfall.sandbox.season.Happening.Penalty;
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
    return Incident.values()[ice.draw.weighted(INCIDENTS)];
  }

  /** Calls it against a team, here and now. */
  void call(Incident incident, boolean home) {
    switch (incident) {
      case MINOR -> minor(home, true, MINORS.get(ice.draw.weighted(MINOR_WEIGHTS)));
      case COINCIDENTAL_MINORS -> coincidental();
      case FIGHT -> fight();
      case BENCH_MINOR -> benchMinor(home);
      case DOUBLE_MINOR -> alone(home, "MIN", "high-sticking-double-minor", 4, true);
      case MAJOR -> alone(home, "MAJ", "cross-checking", 5, false);
      case MISCONDUCT -> misconduct(home);
    }
  }

  /** The foul that gives a penalty shot; nobody sits for it. */
  void penaltyShotFoul(boolean home, int fouled) {
    int offender = ice.skater(home, 2);
    write(home, offender, fouled, Happening.NOBODY, "PS", "ps-hooking-on-breakaway", 0);
  }

  private void minor(boolean home, boolean shortens, String offence) {
    int offender = ice.skater(home, 1.2);
    int victim = offence.startsWith("delaying") ? Happening.NOBODY : ice.skater(!home, 0.8);
    write(home, offender, victim, Happening.NOBODY, "MIN", offence, 2);
    sit(home, offender, MINOR, shortens, shortens);
  }

  /** One of each team: at five a side both teams play with four, else nobody is missed. */
  private void coincidental() {
    boolean fourAside = ice.box(false).shortBy() == 0 && ice.box(true).shortBy() == 0;
    int away = ice.skater(false, 0.8);
    int home = ice.skater(true, 0.8);
    write(false, away, home, Happening.NOBODY, "MIN", "roughing", 2);
    write(true, home, away, Happening.NOBODY, "MIN", "roughing", 2);
    ice.box(false).add(new Sentence(away, MINOR, fourAside, false));
    ice.box(true).add(new Sentence(home - Happening.TEAM_SIZE, MINOR, fourAside, false));
  }

  private void fight() {
    int away = ice.skater(false, 0.8);
    int home = ice.skater(true, 0.8);
    write(false, away, home, Happening.NOBODY, "MAJ", "fighting", 5);
    write(true, home, away, Happening.NOBODY, "MAJ", "fighting", 5);
    sit(false, away, 300, false, false);
    sit(true, home, 300, false, false);
  }

  private void benchMinor(boolean home) {
    int server = ice.skater(home, 0.2);
    write(home, Happening.NOBODY, Happening.NOBODY, server, "BEN", "too-many-men-on-the-ice", 2);
    sit(home, server, MINOR, true, true);
  }

  private void alone(boolean home, String code, String offence, int minutes, boolean endsOnGoal) {
    int offender = ice.skater(home, 1);
    write(home, offender, ice.skater(!home, 1), Happening.NOBODY, code, offence, minutes);
    sit(home, offender, minutes * 60, true, endsOnGoal);
  }

  private void misconduct(boolean home) {
    int offender = ice.skater(home, 1);
    boolean game = ice.draw.chance(0.2);
    write(
        home,
        offender,
        Happening.NOBODY,
        Happening.NOBODY,
        game ? "GAM" : "MIS",
        game ? "game-misconduct" : "misconduct",
        10);
    if (game) {
      ice.box(home).eject(place(offender));
    } else {
      sit(home, offender, 600, false, false);
    }
  }

  private void write(
      boolean home, int by, int drawn, int served, String code, String offence, int minutes) {
    ice.write(new Penalty(home, by, drawn, served, code, offence, minutes, ice.rink.anywhere()));
  }

  private void sit(boolean home, int player, int seconds, boolean shortens, boolean endsOnGoal) {
    ice.box(home).add(new Sentence(place(player), seconds, shortens, endsOnGoal));
  }

  private static int place(int player) {
    return player % Happening.TEAM_SIZE;
  }
}
