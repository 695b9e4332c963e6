package io.landfall.producer.schedule;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** The times of a cron expression of five fields in a time zone. */
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
    return times
        .nextExecution(time.atZone(zone))
        .map(ZonedDateTime::toInstant)
        .orElseThrow(() -> new IllegalArgumentException("it names no time: " + expression));
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
