package io.landfall.cli;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whoever waits how far long work has come: a line in the log every 30 seconds, or, on a
 * terminal, one line that changes and is gone when the work is done. Short work says nothing.
 */
public final class Progress {

  private static final Logger LOG = LoggerFactory.getLogger(Progress.class);

  private static final Duration BETWEEN_LINES = Duration.ofSeconds(30);
  private static final Duration BETWEEN_CHANGES = Duration.ofSeconds(1);
  private static final int BAR = 30;
  private static final String EMPTY_LINE = "\r\u001B[K";

  private final Consumer<String> show;
  private final Runnable clear;
  private final Duration between;
  private final boolean bar;
  private final Clock clock;
  private final Runnable sign;

  private Progress(
      Consumer<String> show, Runnable clear, Duration between, boolean bar, Clock clock) {
    this(show, clear, between, bar, clock, () -> {});
  }

  private Progress(
      Consumer<String> show,
      Runnable clear,
      Duration between,
      boolean bar,
      Clock clock,
      Runnable sign) {
    this.show = show;
    this.clear = clear;
    this.between = between;
    this.bar = bar;
    this.clock = clock;
    this.sign = sign;
  }

  /** The same, with a sign of life whenever work goes on or is waited for. */
  public Progress living(Runnable sign) {
    return new Progress(show, clear, between, bar, clock, sign);
  }

  /** On standard output if the script that started this program says that it is a terminal. */
  public static Progress on(PrintStream out, Clock clock) {
    return Boolean.getBoolean("landfall.terminal") ? terminal(out, clock) : lines(LOG::info, clock);
  }

  static Progress terminal(PrintStream out, Clock clock) {
    PrintStream exact = PrintableStream.exact(out);
    Consumer<String> show =
        line -> {
          exact.print(EMPTY_LINE + line);
          exact.flush();
        };
    return new Progress(show, () -> show.accept(""), BETWEEN_CHANGES, true, clock);
  }

  /** Lines that stay, one after the other. */
  public static Progress lines(Consumer<String> place, Clock clock) {
    return new Progress(place, () -> {}, BETWEEN_LINES, false, clock);
  }

  /**
   * Work that begins now.
   *
   * @param what is counted, in the plural
   * @param total how many there are
   */
  public Work of(String what, long total) {
    return new Work(what, total);
  }

  /** One piece of work; for one thread. */
  public final class Work implements AutoCloseable {

    private final String what;
    private final long total;
    private final Instant began = clock.instant();
    private Instant shown = began;
    private long done;
    private boolean visible;

    private Work(String what, long total) {
      this.what = what;
      this.total = total;
    }

    /** So many more are done. */
    public void done(long more) {
      done += more;
      look();
    }

    /** To be called again and again while nothing is done. */
    public void look() {
      sign.run();
      Instant now = clock.instant();
      if (Duration.between(shown, now).compareTo(between) >= 0) {
        shown = now;
        visible = true;
        show.accept(line(now));
      }
    }

    private String line(Instant now) {
      long counted = Math.min(done, total);
      String line =
          String.format(
              Locale.ROOT,
              "%,d of %,d %s, %s",
              counted,
              total,
              what,
              left(Duration.between(began, now), counted));
      int filled = (int) (BAR * counted / Math.max(1, total));
      return bar ? "[%s%s] %s".formatted("#".repeat(filled), ".".repeat(BAR - filled), line) : line;
    }

    private String left(Duration elapsed, long counted) {
      if (counted == 0) {
        return "none in " + text(elapsed);
      }
      return "about " + text(elapsed.multipliedBy(total - counted).dividedBy(counted)) + " left";
    }

    @Override
    public void close() {
      if (visible) {
        clear.run();
      }
    }
  }

  private static String text(Duration time) {
    if (time.toMinutes() == 0) {
      return time.toSeconds() + " s";
    }
    return time.toHours() == 0
        ? time.toMinutes() + " min"
        : "%d h %d min".formatted(time.toHours(), time.toMinutesPart());
  }
}
