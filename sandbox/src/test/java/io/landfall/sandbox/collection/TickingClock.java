package io.landfall.sandbox.collection;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that moves by a millisecond whenever it is read, and further when it is told to. */
final class TickingClock extends Clock {

  private final AtomicLong millis;

  TickingClock(Instant now) {
    this.millis = new AtomicLong(now.toEpochMilli());
  }

  void pass(Duration time) {
    millis.addAndGet(time.toMillis());
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis.incrementAndGet());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("Nobody asks for another zone");
  }
}
