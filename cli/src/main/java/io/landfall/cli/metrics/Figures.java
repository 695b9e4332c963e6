package io.landfall.cli.metrics;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.landfall.cli.metrics.Metric.Kind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/** What is known of each declared figure. Safe for use by several threads. */
final class Figures {

  /** For Prometheus' text format, which its newest and its oldest servers read. */
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  /** From what a service on this machine takes to the usual limit for one answer. */
  private static final List<Duration> BUCKETS =
      Stream.of(50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 20_000)
          .map(Duration::ofMillis)
          .toList();

  private static final Duration GREATEST_OF = Duration.ofMinutes(10);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private final Clock clock;
  private final Map<Sample, Counter> counters = new ConcurrentHashMap<>();
  private final Map<Sample, DistributionSummary> summaries = new ConcurrentHashMap<>();
  private final Map<Sample, Timer> timers = new ConcurrentHashMap<>();
  private final Map<Sample, Cell> cells = new HashMap<>();

  Figures(Clock clock) {
    this.clock = clock;
  }

  /** A value that others set. */
  private static final class Cell {
    private volatile DoubleSupplier value;

    Cell(DoubleSupplier value) {
      this.value = value;
    }

    double now() {
      return value.getAsDouble();
    }
  }

  /** It is there, and nothing was counted or observed. */
  void begin(Sample sample) {
    require(sample.metric(), Kind.COUNTER, Kind.SUMMARY, Kind.HISTOGRAM);
    if (sample.metric().kind() == Kind.COUNTER) {
      var unused = counterOf(sample);
    } else if (sample.metric().kind() == Kind.SUMMARY) {
      var unused = summaryOf(sample);
    } else {
      var unused = timerOf(sample);
    }
  }

  void add(Sample sample, double more) {
    require(sample.metric(), Kind.COUNTER);
    counterOf(sample).increment(more);
  }

  void observe(Sample sample, double value) {
    require(sample.metric(), Kind.SUMMARY, Kind.HISTOGRAM);
    if (sample.metric().kind() == Kind.SUMMARY) {
      summaryOf(sample).record(value);
    } else {
      // Other histograms than of times have whole numbers for buckets.
      timerOf(sample).record((long) (value * 1e9), NANOSECONDS);
    }
  }

  private Counter counterOf(Sample sample) {
    return counters.computeIfAbsent(sample, this::counter);
  }

  private DistributionSummary summaryOf(Sample sample) {
    return summaries.computeIfAbsent(sample, this::summary);
  }

  private Timer timerOf(Sample sample) {
    return timers.computeIfAbsent(sample, this::timer);
  }

  void set(Sample sample, double value) {
    require(sample.metric(), Kind.GAUGE, Kind.INFO);
    set(sample, () -> value);
    sample
        .metric()
        .age()
        .ifPresent(age -> set(sample.of(age), () -> clock.millis() / 1000.0 - value));
  }

  private synchronized void set(Sample sample, DoubleSupplier value) {
    Cell known = cells.get(sample);
    if (known == null) {
      Cell cell = new Cell(value);
      cells.put(sample, cell);
      Gauge.builder(name(sample.metric()), cell, Cell::now)
          .description(sample.metric().meaning())
          .tags(tags(sample))
          .strongReference(true)
          .register(registry);
    } else {
      known.value = value;
    }
  }

  /** No sample from now on. */
  synchronized void remove(Sample sample) {
    if (cells.remove(sample) != null) {
      var unused =
          registry.find(name(sample.metric())).tags(tags(sample)).gauges().stream()
              .map(registry::remove)
              .toList();
    }
  }

  /** The samples of a figure that are there now. */
  synchronized List<Sample> of(Metric metric) {
    return cells.keySet().stream().filter(sample -> sample.metric() == metric).toList();
  }

  /**
   * Takes over what a file says, as long as nobody says something else.
   *
   * @param found what is not to be kept is left out
   */
  void keep(Map<Sample, Double> found) {
    found.forEach(
        (sample, value) -> {
          boolean isAge =
              sample.metric().ageOf().filter(at -> found.containsKey(sample.of(at))).isPresent();
          if (sample.metric().isKept() && !isAge && !value.isNaN()) {
            set(sample, value.doubleValue());
          }
        });
  }

  private static void require(Metric metric, Kind... kinds) {
    if (!List.of(kinds).contains(metric.kind())) {
      throw new IllegalArgumentException(
          "%s is a %s".formatted(metric.title(), metric.kind().word()));
    }
  }

  private Counter counter(Sample sample) {
    return Counter.builder(name(sample.metric()))
        .description(sample.metric().meaning())
        .tags(tags(sample))
        .register(registry);
  }

  private DistributionSummary summary(Sample sample) {
    return DistributionSummary.builder(name(sample.metric()))
        .description(sample.metric().meaning())
        .tags(tags(sample))
        .distributionStatisticExpiry(GREATEST_OF)
        .register(registry);
  }

  private Timer timer(Sample sample) {
    return Timer.builder(name(sample.metric()))
        .description(sample.metric().meaning())
        .tags(tags(sample))
        .distributionStatisticExpiry(GREATEST_OF)
        .serviceLevelObjectives(BUCKETS.toArray(Duration[]::new))
        .register(registry);
  }

  /** The registry adds what belongs to a kind by itself. */
  private static String name(Metric metric) {
    return metric.title().replaceAll("_total$", "").replace('_', '.');
  }

  private static List<Tag> tags(Sample sample) {
    List<Tag> tags = new ArrayList<>();
    for (int i = 0; i < sample.values().size(); i++) {
      tags.add(Tag.of(sample.metric().labels().get(i), sample.values().get(i)));
    }
    return tags;
  }

  Instant now() {
    return clock.instant();
  }

  /** All of it in Prometheus' text format. */
  String text() {
    return registry.scrape(CONTENT_TYPE);
  }

  void close() {
    registry.close();
  }
}
