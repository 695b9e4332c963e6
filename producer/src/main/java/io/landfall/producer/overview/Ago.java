package io.landfall.producer.overview;

import io.landfall.cli.Count;
import java.time.Duration;

/** How long something is, for people: the largest unit that it has two of. */
final class Ago {

  private Ago() {}

  static String of(Duration age) {
    long seconds = Math.max(0, age.toSeconds());
    if (seconds < 120) {
      return Count.of(seconds, "second");
    }
    if (seconds < 2 * 3600) {
      return Count.of(seconds / 60, "minute");
    }
    return seconds < 48 * 3600
        ? Count.of(seconds / 3600, "hour")
        : Count.of(seconds / 86_400, "day");
  }
}
