package io.landfall.producer.source.nhl;

import java.net.URI;

/** What is asked for each game. */
enum Endpoint {
  PLAY_BY_PLAY("play-by-play"),
  BOXSCORE("boxscore"),
  SHIFTCHARTS("shiftcharts");

  private final String label;

  Endpoint(String label) {
    this.label = label;
  }

  /** The name in archive and ledger. */
  String label() {
    return label;
  }

  URI url(URI webApi, URI statsApi, int gameId) {
    return switch (this) {
      case PLAY_BY_PLAY, BOXSCORE -> URI.create(webApi + "/gamecenter/" + gameId + "/" + label);
      case SHIFTCHARTS -> URI.create(statsApi + "/shiftcharts?cayenneExp=gameId=" + gameId);
    };
  }
}
