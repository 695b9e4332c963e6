package io.landfall.producer.shape;

import io.landfall.cli.metrics.Metric;
import io.landfall.cli.metrics.Metrics;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** What shape has done since it started; safe for use by several threads. */
public final class ShapeCounts {

  private static final String UPSERT = "upsert";
  private static final String RETRACT = "retract";

  private final LongAdder items = new LongAdder();
  private final LongAdder skipped = new LongAdder();
  private final LongAdder changed = new LongAdder();
  private final LongAdder rows = new LongAdder();
  private final LongAdder retracted = new LongAdder();
  private final LongAdder deadLetters = new LongAdder();
  private final Metrics metrics;
  private final String dataset;

  /** For nobody but who asks. */
  public ShapeCounts() {
    this(Metrics.OFF, "");
  }

  /**
   * Those that are told as figures too.
   *
   * @param dataset whose rows they are
   */
  ShapeCounts(Metrics metrics, String dataset) {
    this.metrics = metrics;
    this.dataset = dataset;
  }

  /** No row was emitted yet: that is told before the first ones are. */
  public static void begin(Metrics metrics, String dataset) {
    metrics.begin(Metric.ROWS_EMITTED, dataset, UPSERT);
    metrics.begin(Metric.ROWS_EMITTED, dataset, RETRACT);
  }

  /** Of who has done nothing. */
  public static ShapeCounts nothing() {
    return new ShapeCounts();
  }

  /** These and others, as they are now. */
  public ShapeCounts plus(ShapeCounts more) {
    ShapeCounts sum = new ShapeCounts();
    for (ShapeCounts each : List.of(this, more)) {
      sum.items.add(each.items());
      sum.skipped.add(each.skipped());
      sum.changed.add(each.changed());
      sum.rows.add(each.rows());
      sum.retracted.add(each.retracted());
      sum.deadLetters.add(each.deadLetters());
    }
    return sum;
  }

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
    metrics.add(Metric.ROWS_EMITTED, newRows - retractions, dataset, UPSERT);
    metrics.add(Metric.ROWS_EMITTED, retractions, dataset, RETRACT);
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
