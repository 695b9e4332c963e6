package io.landfall.sandbox.collection;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Which misbehaviours are on, how often each still acts, and the choice of when. */
final class Script {

  private static final int MOST_TIMES = 4;
  private static final double CHANCE = 0.5;

  /** How often one acted, and how often it still will. */
  record Count(int left, int done) {}

  private record Charge(int left, int done, double chance) {
    Charge taken() {
      return new Charge(left - 1, done + 1, chance);
    }
  }

  private final Map<Misbehaviour, Charge> charges = new EnumMap<>(Misbehaviour.class);
  private final SplittableRandom random;

  Script(long seed) {
    this.random = new SplittableRandom(RecordText.mix(seed + 1));
  }

  /**
   * Switches one on.
   *
   * @param times how often it acts
   * @param chance that it acts where it can, from 0 to 1
   */
  void on(Misbehaviour kind, int times, double chance) {
    Charge before = charges.getOrDefault(kind, new Charge(0, 0, chance));
    charges.put(kind, new Charge(before.left() + times, before.done(), chance));
  }

  /** Switches some of those on that are given, as a seed says. */
  void drawn(long seed, Set<Misbehaviour> from) {
    SplittableRandom drawn = new SplittableRandom(RecordText.mix(seed));
    for (Misbehaviour kind : Misbehaviour.values()) {
      int times = drawn.nextInt(MOST_TIMES);
      if (times > 0 && from.contains(kind)) {
        on(kind, times, CHANCE);
      }
    }
  }

  void off() {
    charges.replaceAll((kind, charge) -> new Charge(0, charge.done(), charge.chance()));
  }

  boolean isOver() {
    return charges.values().stream().allMatch(charge -> charge.left() == 0);
  }

  Map<Misbehaviour, Count> counts() {
    Map<Misbehaviour, Count> counts = new TreeMap<>();
    charges.forEach((kind, charge) -> counts.put(kind, new Count(charge.left(), charge.done())));
    return counts;
  }

  /** Whether one acts now; if so, it has. */
  boolean takes(Misbehaviour kind) {
    boolean acts = wants(kind);
    if (acts) {
      done(kind);
    }
    return acts;
  }

  /** Whether one would act now. */
  boolean wants(Misbehaviour kind) {
    Charge charge = charges.get(kind);
    return charge != null && charge.left() > 0 && random.nextDouble() < charge.chance();
  }

  void done(Misbehaviour kind) {
    charges.computeIfPresent(kind, (one, charge) -> charge.taken());
  }

  /** Those that are on. */
  List<Misbehaviour> waiting() {
    return charges.entrySet().stream()
        .filter(one -> one.getValue().left() > 0)
        .map(Map.Entry::getKey)
        .toList();
  }
}
