package io.landfall.producer.nhl.api;

import io.landfall.producer.http.Answer;
import io.landfall.producer.http.Host;
import io.landfall.producer.nhl.stats.Endpoint;
import java.time.LocalDate;

/**
 * Where the league's answers are; several hosts may be the same.
 *
 * @param web schedule, play-by-play, box score
 * @param stats shift charts
 * @param reports the official HTML reports
 */
public record NhlApi(Host web, Host stats, Host reports) {

  Answer schedule(LocalDate week) throws InterruptedException {
    return web.get("/schedule/" + week);
  }

  Answer get(Endpoint endpoint, int gameId) throws InterruptedException {
    return switch (endpoint) {
      case PLAY_BY_PLAY, BOX_SCORE -> web.get("/gamecenter/" + gameId + "/" + endpoint.label());
      case SHIFT_CHART -> stats.get("/shiftcharts?cayenneExp=gameId=" + gameId);
      case SHIFTS_HTML_HOME -> reports.get(report("TH", gameId));
      case SHIFTS_HTML_AWAY -> reports.get(report("TV", gameId));
    };
  }

  /** A season's folder has both of its years; a report's name has the game's last six digits. */
  private static String report(String kind, int gameId) {
    int year = gameId / 1_000_000;
    return "/%d%d/%s%06d.HTM".formatted(year, year + 1, kind, gameId % 1_000_000);
  }
}
