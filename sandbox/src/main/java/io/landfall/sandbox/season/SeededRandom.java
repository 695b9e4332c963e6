package io.landfall.sandbox.season;

import java.util.List;
import java.util.SplittableRandom;

/** Random choices of one game, club or calendar; the same seed and purpose give the same ones. */
final class SeededRandom {

  private final SplittableRandom random;

  private SeededRandom(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /**
   * @param purpose numbers that tell apart what the choices are for
   */
  static SeededRandom of(long seed, long... purpose) {
    long mixed = mix(seed + 0x9E3779B97F4A7C15L);
    for (long number : purpose) {
      mixed = mix(mixed ^ mix(number + 0x632BE59BD9B4E019L));
    }
    return new SeededRandom(mixed);
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** One of the teams; how likely it is the home team. */
  Side side(double home) {
    return chance(home) ? Side.HOME : Side.AWAY;
  }

  double unit() {
    return random.nextDouble();
  }

  double normal() {
    return random.nextGaussian();
  }

  /** A whole number from least to most, both included. */
  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  <T> T from(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** An index, each as likely as its weight is of their sum. */
  int weighted(double... weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    double left = random.nextDouble() * sum;
    for (int i = 0; i < weights.length; i++) {
      left -= weights[i];
      if (left < 0) {
        return i;
      }
    }
    return weights.length - 1;
  }

  /** The finalizer of SplitMix64: neighbouring seeds give unrelated games. */
  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
