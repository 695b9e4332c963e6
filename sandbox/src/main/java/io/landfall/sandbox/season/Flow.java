package io.landfall.sandbox.season;

import io.landfall.sandbox.season.Discipline.Incident;
import io.landfall.sandbox.season.Event.Attempt;
import io.landfall.sandbox.season.Event.DelayedPenalty;
import io.landfall.sandbox.season.Event.Giveaway;
import io.landfall.sandbox.season.Event.Hit;
import io.landfall.sandbox.season.Event.Mark;
import io.landfall.sandbox.season.Event.Result;
import io.landfall.sandbox.season.Event.Takeaway;
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
  private Side reboundSide = Side.HOME;
  private int freezeAt = NEVER;
  private Side freezeSide = Side.HOME;
  private int raisedArmUntil = NEVER;
  private Side raisedArmSide = Side.HOME;

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
    if (whistle == null && ice.random.chance(ANY)) {
      whistle = something();
      // Things come together: a hit and the giveaway it forces carry the same second.
      if (whistle == null && ice.random.chance(0.05)) {
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
      case PENALTY_SHOT -> penaltyShot(Side.HOME);
      case TEAMMATE_BLOCK ->
          taken(Side.HOME, shooting.attempt(Side.HOME, Result.BLOCKED_BY_TEAMMATE));
      case CROWD -> crowd();
      case UNHEARD_OF -> unheardOf();
      case STRANGE_SHOT ->
          taken(Side.HOME, shooting.attempt(Side.HOME, Result.SAVED).ofKind("lacrosse"));
      case PLAIN_GOAL -> taken(Side.HOME, shooting.attempt(Side.HOME, Result.GOAL).ofKind(""));
      case AWAY_GOAL -> taken(Side.AWAY, shooting.attempt(Side.AWAY, Result.GOAL));
      case HOME_GOAL -> taken(Side.HOME, shooting.attempt(Side.HOME, Result.GOAL));
    };
  }

  private Whistle penalty(Incident incident) {
    discipline.call(incident, Side.HOME);
    return officials.afterPenalty(Side.HOME);
  }

  private @Nullable Whistle crowd() {
    for (int i = 0; i < 5; i++) {
      hit(Side.HOME);
      giveaway(Side.AWAY);
      takeaway(Side.HOME);
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
      Whistle whistle = attempt(reboundSide);
      if (whistle != null) {
        return whistle;
      }
    }
    return freezeAt == ice.second ? officials.afterSave(freezeSide) : null;
  }

  private @Nullable Whistle something() {
    return switch (ice.random.weighted(RATES)) {
      case 0 -> attempt(ice.random.side(homeShare()));
      case 1 -> hit(ice.random.side(0.52));
      case 2 -> giveaway(ice.random.side(0.52));
      case 3 -> takeaway(ice.random.side(0.52));
      case 4 -> foul();
      case 5 -> officials.inPlay();
      default -> penaltyShot(ice.random.side(0.5));
    };
  }

  private @Nullable Whistle hit(Side side) {
    ice.write(new Hit(ice.skater(side, 0.8), ice.skater(side.other(), 1), ice.rink.anywhere()));
    return null;
  }

  private @Nullable Whistle giveaway(Side side) {
    ice.write(new Giveaway(ice.skater(side, 1.1), ice.rink.anywhere(), false));
    return null;
  }

  private @Nullable Whistle takeaway(Side side) {
    ice.write(new Takeaway(ice.skater(side, 0.7), ice.rink.anywhere(), false));
    return null;
  }

  /** The share of attempts that are the home team's. */
  private double homeShare() {
    int home = ice.bench(Side.HOME).skaters();
    int away = ice.bench(Side.AWAY).skaters();
    return home == away ? 0.515 : home > away ? 0.84 : 0.16;
  }

  private @Nullable Whistle attempt(Side side) {
    Attempt attempt = shooting.attempt(side);
    if (attempt.result() == Result.GOAL && !script.mayScore(ice, side)) {
      attempt = shooting.attempt(side, Result.SAVED);
    }
    return taken(side, attempt);
  }

  private @Nullable Whistle taken(Side side, Attempt attempt) {
    ice.write(attempt);
    switch (attempt.result()) {
      case GOAL -> {
        return goal(side);
      }
      case SAVED -> {
        if (ice.random.chance(0.13)) {
          return officials.afterSave(side.other());
        }
        if (ice.random.chance(0.2)) {
          freezeAt = ice.second + ice.random.between(1, 2);
          freezeSide = side.other();
        }
      }
      default -> {}
    }
    if (ice.random.chance(0.09)) {
      reboundAt = ice.second + ice.random.between(1, 3);
      reboundSide = side;
    }
    return null;
  }

  private Whistle goal(Side side) {
    ice.goal(side);
    if (raisedArmUntil != NEVER && raisedArmSide != side) {
      raisedArmUntil = NEVER; // the delayed minor is wiped out by the goal
    } else if (ice.box(side.other()).shortBy() > ice.box(side).shortBy()) {
      ice.box(side.other()).goalAgainst();
    }
    return officials.afterGoal();
  }

  private @Nullable Whistle foul() {
    Side side = ice.random.side(0.5);
    if (raisedArmUntil != NEVER || ice.box(side).shortBy() == 2) {
      return null;
    }
    if (ice.random.chance(0.38)) {
      ice.write(new DelayedPenalty(side));
      raisedArmUntil = ice.second + ice.random.between(1, 9);
      raisedArmSide = side;
      if (ice.random.chance(0.7)) {
        pulls.onDelayedPenalty(side.other());
      }
      return null;
    }
    discipline.call(discipline.incident(), side);
    return officials.afterPenalty(side);
  }

  private Whistle callDelayed(@Nullable Whistle whistle) {
    raisedArmUntil = NEVER;
    discipline.call(Incident.MINOR, raisedArmSide);
    return whistle == null ? officials.afterPenalty(raisedArmSide) : whistle;
  }

  private @Nullable Whistle penaltyShot(Side side) {
    int goalie = ice.goalieFacing(side);
    if (goalie < 0) {
      return null;
    }
    int shooter = ice.skater(side, 0.2);
    discipline.penaltyShotFoul(side.other(), shooter);
    Attempt attempt = shooting.alone(side, shooter, goalie, script.mayScore(ice, side) ? 0.33 : 0);
    Moment now = ice.now();
    boolean home = side == Side.HOME;
    int away = bit(home ? goalie : shooter);
    ice.write(
        new Moment(
            now.period(), now.second(), Strength.alone(side), away, bit(home ? shooter : goalie)),
        attempt);
    if (attempt.result() == Result.GOAL) {
      ice.goal(side);
      return officials.afterGoal();
    }
    return officials.afterSave(side.other());
  }

  private static int bit(int player) {
    return 1 << Side.place(player);
  }
}
