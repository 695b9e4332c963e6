package io.landfall.producer.shape;

import java.util.concurrent.atomic.LongAdder;

/** What shape has done since it started; safe for use by several threads. */
public final class ShapeCounts {

  private final LongAdder items = new LongAdder();
  private final LongAdder skipped = new LongAdder();
  private final LongAdder changed = new LongAdder();
  private final LongAdder rows = new LongAdder();
  private final LongAdder retracted = new LongAdder();
  private final LongAdder deadLetters = new LongAdder();

  void read() {
    items.increment();
  }

  void skippedOne() {
    skipped.increment();
  }

  void emitted(int newRows, int retractions) {
    changed.increment();
    rows.add(newRows);
    retracted.add(retractions);
  }

  void deadLettered() {
    deadLetters.increment();
  }

  /** Items whose answers were looked at. */
  public long items() {
    return items.sum();
  }

  /** Answers that were passed over: shaped before, or before others of their item. */
  public long skipped() {
    return skipped.sum();
  }

  /** Items of which a revision was emitted, each as often as that happened. */
  public long changed() {
    return changed.sum();
  }

  /** Retractions emitted. */
  public long retracted() {
    return retracted.sum();
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
