package io.landfall.producer.schedule;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;

/**
 * The times of a cron expression of five fields in a time zone. Where the clock skips a time, it is
 * the first instant after the gap; where the clock shows one twice, it is the first of the two.
 */
public final class CronTimes {

  private final String expression;
  private final ZoneId zone;
  private final ExecutionTime times;

  /**
   * Reads the expression.
   *
   * @throws IllegalArgumentException if it is none, or names no time at all; it says what is wrong
   */
  public CronTimes(String expression, ZoneId zone) {
    this.expression = expression;
    this.zone = zone;
    CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
    this.times = ExecutionTime.forCron(parser.parse(expression));
    after(Instant.EPOCH);
  }

  public String expression() {
    return expression;
  }

  public ZoneId zone() {
    return zone;
  }

  /** The first time after this one. */
  public Instant after(Instant time) {
    LocalDateTime shown = next(LocalDateTime.ofInstant(time, zone));
    // In an hour that comes twice, the second time round, it is over for what the clock shows.
    while (!instant(shown).isAfter(time)) {
      shown = next(shown);
    }
    return instant(shown);
  }

  /** What a clock shows next, if it never is put forward or back. */
  private LocalDateTime next(LocalDateTime shown) {
    return times
        .nextExecution(shown.atZone(ZoneOffset.UTC))
        .orElseThrow(() -> new IllegalArgumentException("it names no time: " + expression))
        .toLocalDateTime();
  }

  private Instant instant(LocalDateTime shown) {
    ZoneOffsetTransition change = zone.getRules().getTransition(shown);
    return change != null && change.isGap()
        ? change.getInstant()
        : shown.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
  }

  /**
   * The time to run for next: the latest one that was missed since the last run, or the next to
   * come.
   */
  public Instant due(Instant lastRun, Instant now) {
    Instant due = after(lastRun);
    for (Instant next = after(due); !next.isAfter(now); next = after(due)) {
      due = next;
    }
    return due;
  }
}
