package io.landfall.producer.nhl.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The ice time of a game from the first source that is complete: the shift chart of the API, then
 * the two HTML reports.
 *
 * @param iceTime null when no source is complete
 * @param source the source's name in {@code _coverage}
 * @param missing why none is, null when one is
 */
record CheckedIceTime(@Nullable IceTime iceTime, String source, @Nullable String missing) {

  private static final String CHART = "shifts";
  private static final String REPORTS = "shifts-html";

  static CheckedIceTime of(
      Map<Endpoint, ParsedAnswer> answers, Game game, @Nullable BoxScore boxScore) {
    CheckedIceTime chart = chart(answers.get(Endpoint.SHIFT_CHART), game, boxScore);
    ParsedAnswer home = answers.get(Endpoint.SHIFTS_HTML_HOME);
    ParsedAnswer away = answers.get(Endpoint.SHIFTS_HTML_AWAY);
    if (chart.iceTime() != null || home == null || away == null) {
      return chart;
    }
    CheckedIceTime reports = reports(home, away, game, boxScore);
    return reports.iceTime() != null
        ? reports
        : missing(CHART, "%s; HTML reports: %s".formatted(chart.missing(), reports.missing()));
  }

  private static CheckedIceTime chart(
      @Nullable ParsedAnswer response, Game game, @Nullable BoxScore boxScore) {
    if (response == null) {
      // An empty chart is not kept: it is no answer, whether it was asked for or not.
      return missing(CHART, "no chart yet");
    }
    try {
      return checked(CHART, ShiftChart.read(response.shiftChart(), game.roster()), game, boxScore);
    } catch (UnusableAnswer e) {
      return missing(CHART, String.valueOf(e.getMessage()));
    }
  }

  private static CheckedIceTime reports(
      ParsedAnswer home, ParsedAnswer away, Game game, @Nullable BoxScore boxScore) {
    List<Shift> shifts =
        new ArrayList<>(TimeOnIceReport.read(home.answer(), Side.HOME, game.roster()));
    shifts.addAll(TimeOnIceReport.read(away.answer(), Side.AWAY, game.roster()));
    return checked(REPORTS, shifts, game, boxScore);
  }

  private static CheckedIceTime checked(
      String source, List<Shift> shifts, Game game, @Nullable BoxScore boxScore) {
    if (shifts.isEmpty()) {
      return missing(source, "empty");
    }
    IceTime iceTime = IceTime.of(shifts, game.roster());
    Optional<String> disagreement =
        boxScore == null
            ? IceTimeCheck.disagreement(iceTime, game)
            : IceTimeCheck.disagreement(iceTime, game.roster(), boxScore);
    return disagreement
        .map(how -> missing(source, how))
        .orElseGet(() -> new CheckedIceTime(iceTime, source, null));
  }

  private static CheckedIceTime missing(String source, String why) {
    return new CheckedIceTime(null, source, why);
  }
}
