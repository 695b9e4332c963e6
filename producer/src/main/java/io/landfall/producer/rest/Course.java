package io.landfall.producer.rest;

import io.landfall.producer.source.Sequel.Next;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When an item is looked at again, after a look that had all that there is. */
interface Course {

  /** Until when there may be more, whatever a look has; empty where it is over. */
  default Optional<Instant> goesOnUntil(Instant now) {
    return Optional.empty();
  }

  /**
   * When the next look is due.
   *
   * @param changed how long ago what is held changed last: now, where this look changed it
   * @param isFirst whether nothing was held before
   */
  Next next(Instant now, Instant changed, boolean isFirst);

  /** Each time that so much has passed. */
  static Course every(Duration pause) {
    return (now, changed, isFirst) -> new Next.At(now.plus(pause));
  }

  /** So long after the last change, and no more after the last quiet look. */
  static Course after(List<Duration> looks) {
    return (now, changed, isFirst) -> next(looks, changed, now);
  }

  /** A stretch of time: while it goes on, and then so long after its end or its last change. */
  static Course of(Instant end, List<Duration> looks) {
    return new Course() {
      @Override
      public Optional<Instant> goesOnUntil(Instant now) {
        return Optional.of(end).filter(now::isBefore);
      }

      @Override
      public Next next(Instant now, Instant changed, boolean isFirst) {
        if (now.isBefore(end)) {
          Instant soon = now.plus(looks.isEmpty() ? Duration.ofHours(1) : looks.get(0));
          return new Next.At(soon.isBefore(end) ? soon : end);
        }
        boolean isHistory = !looks.isEmpty() && end.plus(longest(looks)).isBefore(now);
        if (isFirst && isHistory) {
          // It was long over when it was looked at first: one more look tells that it is quiet.
          return new Next.At(now.plus(longest(looks)));
        }
        return Course.next(looks, changed.isAfter(end) ? changed : end, now);
      }
    };
  }

  private static Duration longest(List<Duration> looks) {
    return looks.stream().max(Duration::compareTo).orElse(Duration.ZERO);
  }

  private static Next next(List<Duration> looks, Instant since, Instant now) {
    return looks.stream()
        .sorted()
        .map(since::plus)
        .filter(now::isBefore)
        .findFirst()
        .<Next>map(Next.At::new)
        .orElseGet(Next.Never::new);
  }
}
