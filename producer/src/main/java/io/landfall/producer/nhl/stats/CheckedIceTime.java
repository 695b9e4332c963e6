package io.landfall.producer.nhl.stats;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The ice time of a game from the first source that is complete: the shift chart of the API, then
 * the two HTML reports. A source that is a few seconds off stands back behind one that is not.
 *
 * @param iceTime null when no source is complete
 * @param source the source's name in {@code _coverage}
 * @param missing why none is, null when one is
 * @param distance how far its seconds are from the box score's, null when they are not
 * @param strangers who was on the ice and is in no roster
 * @param chartShifts plausible shifts of the chart, whichever source it is
 */
record CheckedIceTime(
    @Nullable IceTime iceTime,
    String source,
    @Nullable String missing,
    @Nullable String distance,
    Set<String> strangers,
    int chartShifts) {

  private static final String CHART = "shifts";
  private static final String REPORTS = "shifts-html";

  static CheckedIceTime of(
      Map<Endpoint, ParsedAnswer> answers, Game game, @Nullable BoxScore boxScore) {
    CheckedIceTime chart = chart(answers.get(Endpoint.SHIFT_CHART), game, boxScore);
    ParsedAnswer home = answers.get(Endpoint.SHIFTS_HTML_HOME);
    ParsedAnswer away = answers.get(Endpoint.SHIFTS_HTML_AWAY);
    if (chart.isExact() || home == null || away == null) {
      return chart;
    }
    CheckedIceTime reports =
        checked(REPORTS, reports(home, away, game), game, boxScore).beside(chart);
    if (reports.isExact() || (chart.iceTime == null && reports.iceTime != null)) {
      return reports;
    }
    return chart.iceTime != null
        ? chart
        : missing(CHART, "%s; HTML reports: %s".formatted(chart.missing(), reports.missing()))
            .beside(chart);
  }

  private static CheckedIceTime chart(
      @Nullable ParsedAnswer response, Game game, @Nullable BoxScore boxScore) {
    if (response == null) {
      // An empty chart is not kept: it is no answer, whether it was asked for or not.
      return missing(CHART, "no chart yet");
    }
    try {
      return checked(CHART, ShiftChart.read(response.shiftChart(), game), game, boxScore);
    } catch (UnusableAnswer e) {
      return missing(CHART, String.valueOf(e.getMessage()));
    }
  }

  /** The shifts of both reports. */
  static Shifts reports(ParsedAnswer home, ParsedAnswer away, Game game) {
    Shifts shifts = new Shifts(game.lastPeriod());
    TimeOnIceReport.read(home.answer(), Side.HOME, game.roster(), shifts);
    TimeOnIceReport.read(away.answer(), Side.AWAY, game.roster(), shifts);
    return shifts;
  }

  private static CheckedIceTime checked(
      String source, Shifts shifts, Game game, @Nullable BoxScore boxScore) {
    if (shifts.all().isEmpty()) {
      return missing(source, "empty");
    }
    IceTime iceTime = IceTime.of(shifts, game.roster());
    IceTimeCheck check =
        boxScore == null
            ? IceTimeCheck.of(iceTime, game)
            : IceTimeCheck.of(iceTime, game.roster(), boxScore);
    return check.disagreement() == null
        ? new CheckedIceTime(
            iceTime, source, null, check.distance(), shifts.strangers(), shifts.all().size())
        : missing(source, check.disagreement()).with(shifts.all().size());
  }

  private static CheckedIceTime missing(String source, String why) {
    return new CheckedIceTime(null, source, why, null, Set.of(), 0);
  }

  private CheckedIceTime beside(CheckedIceTime chart) {
    return with(chart.chartShifts);
  }

  private CheckedIceTime with(int shifts) {
    return new CheckedIceTime(iceTime, source, missing, distance, strangers, shifts);
  }

  /** Whether a source is complete, and its seconds are the box score's. */
  boolean isExact() {
    return iceTime != null && distance == null;
  }
}
