package io.landfall.producer.source.nhl;

import java.net.URI;
import java.util.List;

/** What is asked for a game. */
enum Endpoint {
  PLAY_BY_PLAY("play-by-play", "json"),
  BOXSCORE("boxscore", "json"),
  SHIFTCHARTS("shiftcharts", "json"),
  SHIFTS_HTML_HOME("shifts-html-home", "html"),
  SHIFTS_HTML_AWAY("shifts-html-away", "html");

  /** Asked for every game. */
  static final List<Endpoint> REGULAR = List.of(PLAY_BY_PLAY, BOXSCORE, SHIFTCHARTS);

  /** Asked for where the shift chart is missing or partial. */
  static final List<Endpoint> STAND_INS = List.of(SHIFTS_HTML_HOME, SHIFTS_HTML_AWAY);

  private final String label;
  private final String contentType;

  Endpoint(String label, String contentType) {
    this.label = label;
    this.contentType = contentType;
  }

  /** The name in archive and ledger. */
  String label() {
    return label;
  }

  /** What the Content-Type header must contain: json or html. */
  String contentType() {
    return contentType;
  }

  boolean isJson() {
    return contentType.equals("json");
  }

  Host host(Hosts hosts) {
    return switch (this) {
      case PLAY_BY_PLAY, BOXSCORE -> hosts.web();
      case SHIFTCHARTS -> hosts.stats();
      case SHIFTS_HTML_HOME, SHIFTS_HTML_AWAY -> hosts.reports();
    };
  }

  URI url(Hosts hosts, int gameId) {
    String path =
        switch (this) {
          case PLAY_BY_PLAY, BOXSCORE -> "/gamecenter/" + gameId + "/" + label;
          case SHIFTCHARTS -> "/shiftcharts?cayenneExp=gameId=" + gameId;
          case SHIFTS_HTML_HOME -> report("TH", gameId);
          case SHIFTS_HTML_AWAY -> report("TV", gameId);
        };
    return URI.create(host(hosts).url() + path);
  }

  /** A season's folder has both of its years; a report's name has the game's last six digits. */
  private static String report(String kind, int gameId) {
    int year = gameId / 1_000_000;
    return "/%d%d/%s%06d.HTM".formatted(year, year + 1, kind, gameId % 1_000_000);
  }
}
