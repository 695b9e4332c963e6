package io.landfall.producer.rest.ask;

import io.landfall.cli.Masked;
import java.time.Instant;
import java.util.Optional;

/** Why looks ended, without secrets and not for long: it is logged, shown and kept. */
final class Reasons {

  private static final int LONGEST = 1000;

  private Reasons() {}

  static String told(String reason) {
    String masked = Masked.text(cut(reason, 4 * LONGEST));
    return cut(masked, LONGEST);
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest) + "…";
  }

  static Look.Ending.Stop stop(String reason) {
    return new Look.Ending.Stop(told(reason));
  }

  static Look.Ending.Refused refused(String reason) {
    return new Look.Ending.Refused(told(reason));
  }

  static Look.Ending.CutShort cut(String reason) {
    return new Look.Ending.CutShort(told(reason));
  }

  static Look.Ending.CutShort cut(String reason, Optional<Instant> until) {
    return new Look.Ending.CutShort(told(reason), until);
  }
}
