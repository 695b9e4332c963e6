package io.landfall.cli.metrics;

import io.landfall.cli.Around;
import io.landfall.cli.Command;
import io.landfall.cli.End;
import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.Reason;
import io.landfall.cli.Settings;
import io.landfall.cli.Version;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a command tell its figures to whoever its settings say: over HTTP while it runs, in a file
 * while it goes on and when it has ended. Without such settings it only runs.
 */
public final class Monitoring implements Around {

  private static final Logger LOG = LoggerFactory.getLogger(Monitoring.class);

  private static final Duration BETWEEN_WRITES = Duration.ofSeconds(15);

  private final String program;
  private final Clock clock;

  /**
   * @param program {@code producer} or {@code consumer}
   */
  public Monitoring(String program, Clock clock) {
    this.program = program;
    this.clock = clock;
  }

  @Override
  public ExitCode run(
      Command command, Settings settings, PrintStream out, Function<Throwable, End> ends)
      throws InterruptedException {
    Optional<InetSocketAddress> address = settings.find(LandfallSettings.METRICS_ADDRESS);
    Optional<Path> file = settings.find(LandfallSettings.METRICS_FILE);
    if (!(command instanceof MeasuredCommand measured) || (address.isEmpty() && file.isEmpty())) {
      return command.run(settings, out);
    }
    try (Monitored monitored = new Monitored(address, file, measured.goesOn(settings))) {
      try {
        ExitCode code = measured.run(settings, out, monitored.metrics);
        monitored.ended(measured, settings, End.of(code));
        return code;
      } catch (Throwable e) {
        // Nothing is kept back: how a run has failed is a figure too.
        monitored.ended(measured, settings, ends.apply(e));
        throw e;
      }
    }
  }

  /** One run. */
  private final class Monitored implements AutoCloseable {

    private final Figures figures = new Figures(clock);
    private final Health health = new Health(Thread.currentThread(), clock);
    private final ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(work -> DaemonThread.of("metrics", work));
    private final Optional<Textfile> file;
    private final @Nullable LibraryMetrics libraries;
    private final @Nullable MetricsServer server;
    private final Metrics metrics;

    Monitored(Optional<InetSocketAddress> address, Optional<Path> path, boolean goesOn) {
      boolean started = false;
      LibraryMetrics known = null;
      try {
        file = path.map(Textfile::new);
        file.ifPresent(one -> figures.keep(one.read()));
        figures.set(Sample.of(Metric.BUILD_INFO, program, Version.current()), 1);
        file.ifPresent(one -> one.begin(figures.text()));
        known = address.isPresent() ? new LibraryMetrics() : null;
        libraries = known;
        server =
            address.isPresent() ? MetricsServer.start(address.get(), this::text, health) : null;
        metrics =
            new Metrics(
                figures,
                new Looks(thread, goesOn || address.isPresent(), !goesOn),
                libraries,
                health);
        if (goesOn && file.isPresent()) {
          var unused =
              thread.scheduleWithFixedDelay(
                  this::write,
                  BETWEEN_WRITES.toMillis(),
                  BETWEEN_WRITES.toMillis(),
                  TimeUnit.MILLISECONDS);
        }
        started = true;
      } finally {
        if (!started) {
          thread.shutdownNow();
          if (known != null) {
            known.close();
          }
        }
      }
    }

    private String text() {
      return libraries == null ? figures.text() : figures.text() + libraries.text();
    }

    private void write() {
      try {
        file.ifPresent(one -> one.write(figures.text()));
      } catch (RuntimeException e) {
        // A thread that nobody waits for; the next time may go well.
        LOG.atDebug().addKeyValue("reason", Reason.of(e)).log("Metrics could not be told");
      }
    }

    void ended(MeasuredCommand command, Settings settings, End end) {
      health.ready(false);
      try {
        command.ended(settings, end, metrics);
      } catch (RuntimeException e) {
        // The command's own end counts.
        LOG.atWarn()
            .addKeyValue("what", "the end of " + command.name())
            .addKeyValue("reason", Reason.of(e))
            .log("Figures are not known");
      }
    }

    /** Stops asking first, so that what is written last stays. */
    @Override
    public void close() {
      // Not by force: of a file that is just being written that would be told as a failure.
      thread.shutdown();
      // Who is told to stop writes all the same; Java would not let an interrupted thread.
      boolean interrupted = Thread.interrupted();
      write();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      if (server != null) {
        server.close();
      }
      if (libraries != null) {
        libraries.close();
      }
      figures.close();
    }
  }
}
