package io.landfall.producer.shape;

import java.util.concurrent.atomic.LongAdder;

/** What shape has done since it started; safe for use by several threads. */
public final class ShapeCounts {

  private final LongAdder items = new LongAdder();
  private final LongAdder rows = new LongAdder();
  private final LongAdder deadLetters = new LongAdder();

  void read() {
    items.increment();
  }

  void emitted(int newRows) {
    rows.add(newRows);
  }

  void deadLettered() {
    deadLetters.increment();
  }

  /** Items whose answers were looked at. */
  public long items() {
    return items.sum();
  }

  /** Rows emitted, retractions among them. */
  public long rows() {
    return rows.sum();
  }

  /** Answers that could not be used. */
  public long deadLetters() {
    return deadLetters.sum();
  }
}
