package io.landfall.producer.source;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** The versions that an API claims for its records: numbers, or times in ISO 8601. */
public final class ClaimedVersion {

  /** Beyond that nothing is a version that somebody counts. */
  private static final int LONGEST = 40;

  private ClaimedVersion() {}

  /** Whether one is older than another. False where they cannot be compared. */
  public static boolean isOlder(String one, String other) {
    Optional<BigDecimal> number = number(one);
    Optional<BigDecimal> otherNumber = number(other);
    if (number.isPresent() && otherNumber.isPresent()) {
      return number.get().compareTo(otherNumber.get()) < 0;
    }
    Optional<Instant> time = time(one);
    Optional<Instant> otherTime = time(other);
    return time.isPresent() && otherTime.isPresent() && time.get().isBefore(otherTime.get());
  }

  private static Optional<BigDecimal> number(String text) {
    if (text.isEmpty() || text.length() > LONGEST || text.indexOf(':') >= 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BigDecimal(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
