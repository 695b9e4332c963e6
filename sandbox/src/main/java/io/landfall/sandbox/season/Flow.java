package io.landfall.sandbox.season;

import io.landfall.sandbox.season.Discipline.Incident;
import io.landfall.sandbox.season.Happening.Attempt;
import io.landfall.sandbox.season.Happening.DelayedPenalty;
import io.landfall.sandbox.season.Happening.Giveaway;
import io.landfall.sandbox.season.Happening.Hit;
import io.landfall.sandbox.season.Happening.Mark;
import io.landfall.sandbox.season.Happening.Result;
import io.landfall.sandbox.season.Happening.Takeaway;
import io.landfall.sandbox.season.Officials.Whistle;
import org.jspecify.annotations.Nullable;

/** What happens in a second of play, at rates near the measured ones. */
final class Flow {

  private static final double ATTEMPTS = 107 / 3600.0;
  private static final double HITS = 39.5 / 3600;
  private static final double GIVEAWAYS = 28.3 / 3600;
  private static final double TAKEAWAYS = 9.4 / 3600;
  private static final double INCIDENTS = 5.9 / 3600;
  private static final double WHISTLES = 26.0 / 3600;
  private static final double PENALTY_SHOTS = 0.04 / 3600;
  private static final double[] RATES = {
    ATTEMPTS, HITS, GIVEAWAYS, TAKEAWAYS, INCIDENTS, WHISTLES, PENALTY_SHOTS
  };
  private static final double ANY =
      ATTEMPTS + HITS + GIVEAWAYS + TAKEAWAYS + INCIDENTS + WHISTLES + PENALTY_SHOTS;
  private static final int NEVER = -1;

  private final Ice ice;
  private final GoaliePulls pulls;
  private final Script script;
  private final Shooting shooting;
  private final Discipline discipline;
  private final Officials officials;
  private int reboundAt = NEVER;
  private boolean reboundHome;
  private int freezeAt = NEVER;
  private boolean freezeHome;
  private int raisedArmUntil = NEVER;
  private boolean raisedArmHome;

  Flow(Ice ice, GoaliePulls pulls, Script script) {
    this.ice = ice;
    this.pulls = pulls;
    this.script = script;
    this.shooting = new Shooting(ice);
    this.discipline = new Discipline(ice);
    this.officials = new Officials(ice);
  }

  void reset() {
    reboundAt = NEVER;
    freezeAt = NEVER;
    raisedArmUntil = NEVER;
  }

  /**
   * One second.
   *
   * @param length of the period
   * @return how play stopped, or null if it goes on
   */
  @Nullable Whistle second(int length) {
    Whistle whistle = scripted();
    if (whistle == null) {
      whistle = due();
    }
    if (whistle == null && ice.draw.chance(ANY)) {
      whistle = something();
      // Things come together: a hit and the giveaway it forces carry the same second.
      if (whistle == null && ice.draw.chance(0.05)) {
        whistle = something();
      }
    }
    if (raisedArmUntil != NEVER && (whistle != null || raisedArmUntil <= ice.second)) {
      whistle = callDelayed(whistle);
    }
    if (whistle != null && ice.second < length) {
      whistle.stoppage().ifPresent(ice::write);
    }
    if (whistle != null) {
      reset();
    }
    return whistle;
  }

  /** What must happen, if its time has come. */
  private @Nullable Whistle scripted() {
    if (raisedArmUntil != NEVER) {
      return null;
    }
    return switch (script.order(ice)) {
      case NOTHING -> null;
      case COINCIDENTAL_MINORS -> penalty(Incident.COINCIDENTAL_MINORS);
      case HOME_MINOR -> penalty(Incident.MINOR);
      case HOME_BENCH_MINOR -> penalty(Incident.BENCH_MINOR);
      case PENALTY_SHOT -> penaltyShot(true);
      case TEAMMATE_BLOCK -> taken(true, shooting.attempt(true, Result.BLOCKED_BY_TEAMMATE));
      case CROWD -> crowd();
      case UNHEARD_OF -> unheardOf();
      case STRANGE_SHOT -> taken(true, shooting.attempt(true, Result.SAVED).ofKind("lacrosse"));
      case PLAIN_GOAL -> taken(true, shooting.attempt(true, Result.GOAL).ofKind(""));
      case AWAY_GOAL -> taken(false, shooting.attempt(false, Result.GOAL));
      case HOME_GOAL -> taken(true, shooting.attempt(true, Result.GOAL));
    };
  }

  private Whistle penalty(Incident incident) {
    discipline.call(incident, true);
    return officials.afterPenalty(true);
  }

  private @Nullable Whistle crowd() {
    for (int i = 0; i < 5; i++) {
      hit(true);
      giveaway(false);
      takeaway(true);
    }
    return null;
  }

  private @Nullable Whistle unheardOf() {
    ice.write(Mark.UNHEARD_OF);
    return null;
  }

  private @Nullable Whistle due() {
    if (reboundAt == ice.second) {
      reboundAt = NEVER;
      Whistle whistle = attempt(reboundHome);
      if (whistle != null) {
        return whistle;
      }
    }
    return freezeAt == ice.second ? officials.afterSave(freezeHome) : null;
  }

  private @Nullable Whistle something() {
    return switch (ice.draw.weighted(RATES)) {
      case 0 -> attempt(ice.draw.chance(homeShare()));
      case 1 -> hit(ice.draw.chance(0.52));
      case 2 -> giveaway(ice.draw.chance(0.52));
      case 3 -> takeaway(ice.draw.chance(0.52));
      case 4 -> foul();
      case 5 -> officials.inPlay();
      default -> penaltyShot(ice.draw.chance(0.5));
    };
  }

  private @Nullable Whistle hit(boolean home) {
    ice.write(new Hit(ice.skater(home, 0.8), ice.skater(!home, 1), ice.rink.anywhere()));
    return null;
  }

  private @Nullable Whistle giveaway(boolean home) {
    ice.write(new Giveaway(ice.skater(home, 1.1), ice.rink.anywhere(), false));
    return null;
  }

  private @Nullable Whistle takeaway(boolean home) {
    ice.write(new Takeaway(ice.skater(home, 0.7), ice.rink.anywhere(), false));
    return null;
  }

  /** The share of attempts that are the home team's. */
  private double homeShare() {
    int home = ice.bench(true).skaters();
    int away = ice.bench(false).skaters();
    return home == away ? 0.515 : home > away ? 0.84 : 0.16;
  }

  private @Nullable Whistle attempt(boolean home) {
    Attempt attempt = shooting.attempt(home);
    if (attempt.result() == Result.GOAL && !script.mayScore(ice, home)) {
      attempt = shooting.attempt(home, Result.SAVED);
    }
    return taken(home, attempt);
  }

  private @Nullable Whistle taken(boolean home, Attempt attempt) {
    ice.write(attempt);
    switch (attempt.result()) {
      case GOAL -> {
        return goal(home);
      }
      case SAVED -> {
        if (ice.draw.chance(0.13)) {
          return officials.afterSave(!home);
        }
        if (ice.draw.chance(0.2)) {
          freezeAt = ice.second + ice.draw.between(1, 2);
          freezeHome = !home;
        }
      }
      default -> {}
    }
    if (ice.draw.chance(0.09)) {
      reboundAt = ice.second + ice.draw.between(1, 3);
      reboundHome = home;
    }
    return null;
  }

  private Whistle goal(boolean home) {
    ice.goal(home);
    if (raisedArmUntil != NEVER && raisedArmHome != home) {
      raisedArmUntil = NEVER; // the delayed minor is wiped out by the goal
    } else if (ice.box(!home).shortBy() > ice.box(home).shortBy()) {
      ice.box(!home).goalAgainst();
    }
    return officials.afterGoal();
  }

  private @Nullable Whistle foul() {
    boolean home = ice.draw.chance(0.5);
    if (raisedArmUntil != NEVER || ice.box(home).shortBy() == 2) {
      return null;
    }
    if (ice.draw.chance(0.38)) {
      ice.write(new DelayedPenalty(home));
      raisedArmUntil = ice.second + ice.draw.between(1, 9);
      raisedArmHome = home;
      if (ice.draw.chance(0.7)) {
        pulls.onDelayedPenalty(!home);
      }
      return null;
    }
    discipline.call(discipline.incident(), home);
    return officials.afterPenalty(home);
  }

  private Whistle callDelayed(@Nullable Whistle whistle) {
    raisedArmUntil = NEVER;
    discipline.call(Incident.MINOR, raisedArmHome);
    return whistle == null ? officials.afterPenalty(raisedArmHome) : whistle;
  }

  private @Nullable Whistle penaltyShot(boolean home) {
    int goalie = ice.goalieFacing(home);
    if (goalie < 0) {
      return null;
    }
    int shooter = ice.skater(home, 0.2);
    discipline.penaltyShotFoul(!home, shooter);
    Attempt attempt = shooting.alone(home, shooter, goalie, script.mayScore(ice, home) ? 0.33 : 0);
    Moment now = ice.now();
    Strength alone = home ? new Strength(1, 0, 1, 0) : new Strength(0, 1, 0, 1);
    int away = bit(home ? goalie : shooter);
    ice.write(
        new Moment(now.period(), now.second(), alone, away, bit(home ? shooter : goalie)), attempt);
    if (attempt.result() == Result.GOAL) {
      ice.goal(home);
      return officials.afterGoal();
    }
    return officials.afterSave(!home);
  }

  private static int bit(int player) {
    return 1 << player % Happening.TEAM_SIZE;
  }
}
