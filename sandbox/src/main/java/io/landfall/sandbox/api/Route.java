package io.landfall.sandbox.api;

import io.landfall.sandbox.server.Request;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a request asks for.
 *
 * @param gameId ten digits, or 0 where the resource is not one game's
 * @param date the day asked for; empty for {@code now} and where the resource is not a day's
 */
record Route(Resource resource, int gameId, Optional<LocalDate> date) {

  private static final Pattern DAY = Pattern.compile("/v1/(schedule|score)/(now|[0-9-]{10})");
  private static final Pattern GAME =
      Pattern.compile("/v1/gamecenter/(\\d{10})/(play-by-play|boxscore|landing|right-rail)");
  private static final Pattern REPORT =
      Pattern.compile("/scores/htmlreports/(\\d{4})\\d{4}/T([HV])(\\d{6})\\.HTM");
  private static final Pattern GAME_CONDITION = Pattern.compile("\\bgameId\\s*=\\s*(\\d{10})\\b");
  private static final Route UNKNOWN = new Route(Resource.UNKNOWN, 0, Optional.empty());

  static Route of(Request request) {
    String path = request.path();
    try {
      if (path.startsWith("/sandbox/")) {
        return new Route(Resource.CONTROL, 0, Optional.empty());
      }
      if (path.equals("/stats/rest/en/shiftcharts")) {
        return shiftChart(request.parameter("cayenneExp").orElse(""));
      }
      Matcher game = GAME.matcher(path);
      if (game.matches()) {
        Resource resource =
            Resource.valueOf(game.group(2).toUpperCase(Locale.ROOT).replace('-', '_'));
        return new Route(resource, Integer.parseInt(game.group(1)), Optional.empty());
      }
      Matcher day = DAY.matcher(path);
      if (day.matches()) {
        return day(day.group(1).equals("score") ? Resource.SCORE : Resource.SCHEDULE, day.group(2));
      }
      Matcher report = REPORT.matcher(path);
      return report.matches() ? report(report) : UNKNOWN;
    } catch (DateTimeException | NumberFormatException e) {
      // A day or a game that cannot be: the real API has no page for it either.
      return UNKNOWN;
    }
  }

  private static Route day(Resource resource, String day) {
    return new Route(
        resource, 0, day.equals("now") ? Optional.empty() : Optional.of(LocalDate.parse(day)));
  }

  private static Route shiftChart(String expression) {
    Matcher condition = GAME_CONDITION.matcher(expression);
    return condition.find()
        ? new Route(Resource.SHIFT_CHART, Integer.parseInt(condition.group(1)), Optional.empty())
        : UNKNOWN;
  }

  private static Route report(Matcher report) {
    int gameId = Integer.parseInt(report.group(1) + report.group(3));
    return new Route(
        report.group(2).equals("H") ? Resource.HOME_REPORT : Resource.VISITOR_REPORT,
        gameId,
        Optional.empty());
  }
}
