package io.landfall.producer.nhl.stats;

import io.landfall.schemas.ApiAnswer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.jspecify.annotations.Nullable;

/**
 * Reads one team's official time-on-ice report (HTML: {@code TH} home, {@code TV} visitor) into
 * shifts: the second source where the API has no chart. Players stand there under sweater number
 * and name, each with a table of shifts and then one of totals.
 */
final class TimeOnIceReport {

  private static final int SHIFT_CELLS = 6;
  private static final int PERIOD = 1;
  private static final int START = 2;
  private static final int END = 3;
  private static final int NO_PERIOD = 0;

  /** Each becomes objects in memory, of many times its size; a report has some 8,000. */
  static final int MOST_TAGS = 50_000;

  private final Side side;
  private final Roster roster;
  private final Shifts shifts;
  private int player = Roster.NOBODY;
  private String heading = "";

  private TimeOnIceReport(Side side, Roster roster, Shifts shifts) {
    this.side = side;
    this.roster = roster;
    this.shifts = shifts;
  }

  /** Why a body is more than is read; empty if it is not. */
  static Optional<String> beyondLimit(ByteBuffer body) {
    int tags = 0;
    for (int i = body.position(); i < body.limit(); i++) {
      if (body.get(i) == '<') {
        tags++;
      }
    }
    return tags > MOST_TAGS
        ? Optional.of("%d tags, more than %d".formatted(tags, MOST_TAGS))
        : Optional.empty();
  }

  /** Adds the shifts of the report to those that there are; one beyond the limit has none. */
  static void read(ApiAnswer response, Side side, Roster roster, Shifts shifts) {
    if (beyondLimit(response.getBody()).isPresent()) {
      return;
    }
    TimeOnIceReport report = new TimeOnIceReport(side, roster, shifts);
    for (Element row : parse(response.getBody()).getElementsByTag("tr")) {
      report.read(row.children());
    }
  }

  private static Document parse(ByteBuffer body) {
    byte[] bytes = new byte[body.remaining()];
    body.duplicate().get(bytes);
    try {
      return Jsoup.parse(new ByteArrayInputStream(bytes), null, "");
    } catch (IOException e) {
      throw new IllegalStateException("Bytes in memory cannot fail to be read", e);
    }
  }

  private void read(Elements cells) {
    if (cells.size() == 1 && cells.get(0).hasClass("playerHeading")) {
      heading = cells.get(0).text();
      player = roster.indexOf(side, sweaterNumber(heading));
    } else if (cells.size() == SHIFT_CELLS && cells.get(START).text().contains("/")) {
      Shift shift =
          new Shift(
              player,
              period(cells.get(PERIOD).text()),
              elapsed(cells.get(START).text()),
              elapsed(cells.get(END).text()));
      shifts.add(shift, () -> heading);
    }
  }

  /** {@code 4 GOSTISBEHERE, SHAYNE}: the number before the name. */
  private static @Nullable Integer sweaterNumber(String heading) {
    return number(heading.substring(0, Math.max(0, heading.indexOf(' '))));
  }

  /** {@code 1}, {@code 2}, {@code 3}, then {@code OT} or a number, {@code 2OT} and so on. */
  private static int period(String text) {
    if (!text.endsWith("OT")) {
      Integer period = number(text);
      return period == null ? NO_PERIOD : period;
    }
    Integer overtime = text.equals("OT") ? Integer.valueOf(1) : number(text.replace("OT", ""));
    return overtime == null ? NO_PERIOD : 3 + overtime;
  }

  /** {@code 2:02 / 17:58}: elapsed and remaining. */
  private static int elapsed(String text) {
    int slash = text.indexOf('/');
    return Clock.seconds(slash < 0 ? text : text.substring(0, slash).strip());
  }

  private static @Nullable Integer number(String digits) {
    boolean number =
        !digits.isEmpty()
            && digits.length() <= 3
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return number ? Integer.valueOf(digits) : null;
  }
}
