package io.landfall.cli.metrics;

import io.landfall.cli.metrics.Metrics.Closing;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;

/**
 * The figures of Java, the process, Kafka's clients and Streams, as Micrometer names them. They are
 * told over HTTP alone: in a file they would meet node_exporter's own of the same names.
 */
final class LibraryMetrics {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private final List<MeterBinder> bound = new ArrayList<>();

  LibraryMetrics() {
    List.of(
            new ClassLoaderMetrics(),
            new JvmMemoryMetrics(),
            new JvmGcMetrics(),
            new JvmThreadMetrics(),
            new ProcessorMetrics(),
            new UptimeMetrics(),
            new FileDescriptorMetrics())
        .forEach(this::bind);
  }

  /** Adds those of a library, until it is closed. */
  synchronized Closing bind(MeterBinder binder) {
    binder.bindTo(registry);
    bound.add(binder);
    return () -> unbind(binder);
  }

  private synchronized void unbind(MeterBinder binder) {
    if (bound.remove(binder)) {
      close(binder);
    }
  }

  private static void close(MeterBinder binder) {
    if (binder instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        // It says that it may throw anything; what it does is to forget its meters.
        throw new IllegalStateException(e);
      }
    }
  }

  String text() {
    return registry.scrape(Figures.CONTENT_TYPE);
  }

  synchronized void close() {
    bound.forEach(LibraryMetrics::close);
    bound.clear();
    registry.close();
  }
}
