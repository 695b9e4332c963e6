package io.landfall.cli.metrics;

import io.landfall.cli.Reason;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a command tells of itself in figures. Where nobody wants to know ({@link #OFF}) nothing is
 * counted and no thread is started. Safe for use by several threads.
 */
public final class Metrics {

  private static final Logger LOG = LoggerFactory.getLogger(Metrics.class);

  /** For nobody. */
  public static final Metrics OFF = new Metrics(null, null, null, null);

  /** Figures that cost a look at Kafka or a table are looked at no more often. */
  public static final Duration BETWEEN_LOOKS = Duration.ofSeconds(30);

  /**
   * One look at something that costs.
   *
   * @param what it is about, for the log
   */
  public record Look(String what, Looking looking) {}

  /** Looks, and tells. */
  public interface Looking {
    /** A failure is logged, and what was known before stays. */
    void look() throws Exception;
  }

  /** Ends without an exception. */
  public interface Closing extends AutoCloseable {
    @Override
    void close();
  }

  private final @Nullable Figures figures;
  private final @Nullable Looks looks;
  private final @Nullable LibraryMetrics libraries;
  private final @Nullable Health health;

  Metrics(
      @Nullable Figures figures,
      @Nullable Looks looks,
      @Nullable LibraryMetrics libraries,
      @Nullable Health health) {
    this.figures = figures;
    this.looks = looks;
    this.libraries = libraries;
    this.health = health;
  }

  /** Figures that only whoever has the object sees, for tests. */
  public static Metrics inMemory(Clock clock) {
    return new Metrics(new Figures(clock), null, null, null);
  }

  /** Whether anybody wants to know. */
  public boolean areOn() {
    return figures != null;
  }

  /**
   * Nothing yet, of what is counted or observed: it is told as 0 from now on. Who reads growth sees
   * none in a figure whose first sample says all of it.
   */
  public void begin(Metric metric, String... labels) {
    if (figures != null) {
      figures.begin(Sample.of(metric, labels));
    }
  }

  /** So much more. */
  public void add(Metric metric, double more, String... labels) {
    if (figures != null) {
      figures.add(Sample.of(metric, labels), more);
    }
  }

  /** So many more. */
  public void add(Metric metric, long more, String... labels) {
    add(metric, (double) more, labels);
  }

  /** One more value of several. */
  public void observe(Metric metric, double value, String... labels) {
    if (figures != null) {
      figures.observe(Sample.of(metric, labels), value);
    }
  }

  /** The same of one that counts things. */
  public void observe(Metric metric, long value, String... labels) {
    observe(metric, (double) value, labels);
  }

  /** The same of one that counts seconds. */
  public void observe(Metric metric, Duration took, String... labels) {
    observe(metric, took.toNanos() / 1e9, labels);
  }

  /** So it is now. */
  public void set(Metric metric, double value, String... labels) {
    if (figures != null) {
      figures.set(Sample.of(metric, labels), value);
    }
  }

  /** So many there are now. */
  public void set(Metric metric, long value, String... labels) {
    set(metric, (double) value, labels);
  }

  /** The same of a moment; where its age is a figure too, that is told from now on. */
  public void set(Metric metric, Instant moment, String... labels) {
    set(metric, moment.toEpochMilli() / 1000.0, labels);
  }

  /** There is no such moment; where its age is a figure too, that is 0 or not there. */
  public void none(Metric moment, String... labels) {
    if (figures != null) {
      Sample sample = Sample.of(moment, labels);
      figures.remove(sample);
      moment
          .age()
          .ifPresent(
              age -> {
                if (age == Metric.FRESHNESS) {
                  figures.remove(sample.of(age));
                } else {
                  figures.set(sample.of(age), 0);
                }
              });
    }
  }

  /** Sets all samples of a figure to 0 whose first label is this one. */
  public void reset(Metric metric, String firstLabel) {
    if (figures != null) {
      figures.of(metric).stream()
          .filter(sample -> sample.values().get(0).equals(firstLabel))
          .forEach(sample -> figures.set(sample, 0));
    }
  }

  /**
   * Looks at what costs: every so often while the command goes on, in a thread of the figures' own,
   * and once more when this is closed by a command that ends by itself.
   *
   * @param often {@link #BETWEEN_LOOKS} or longer
   */
  public Closing looking(Duration often, List<Look> wanted) {
    return looks == null ? () -> {} : looks.begin(often, wanted);
  }

  /**
   * The figures that a library has of its own, until it is closed.
   *
   * @param binder is only asked for where somebody wants to know
   */
  public Closing library(Supplier<? extends MeterBinder> binder) {
    if (libraries == null) {
      return () -> {};
    }
    try {
      return libraries.bind(binder.get());
    } catch (RuntimeException e) {
      // A library of another version than Micrometer knows costs its figures, and nothing else.
      LOG.atWarn()
          .addKeyValue("what", "a library")
          .addKeyValue("reason", Reason.of(e))
          .log("Figures are not known");
      return () -> {};
    }
  }

  /** The command lives: something that it waits for or works at has gone on. */
  public void alive() {
    if (health != null) {
      health.alive();
    }
  }

  /** Whether the command does what it is there for. */
  public void ready(boolean isReady) {
    if (health != null) {
      health.ready(isReady);
    }
  }

  /** All declared figures in Prometheus' text format; nothing where nobody wants to know. */
  public String text() {
    return Optional.ofNullable(figures).map(Figures::text).orElse("");
  }
}
