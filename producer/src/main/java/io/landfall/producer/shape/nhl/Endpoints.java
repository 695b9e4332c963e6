package io.landfall.producer.shape.nhl;

import java.util.List;

/** The names under which the NHL API's answers for a game stand in {@code GameResponses}. */
public final class Endpoints {

  public static final String PLAY_BY_PLAY = "play-by-play";
  public static final String BOX_SCORE = "boxscore";
  public static final String SHIFT_CHART = "shiftcharts";

  /** The official time-on-ice reports (HTML) stand in for a shift chart that is not complete. */
  public static final String SHIFTS_HTML_HOME = "shifts-html-home";

  public static final String SHIFTS_HTML_AWAY = "shifts-html-away";

  /** Why an endpoint is missing whose answer is not there. */
  static final String NOT_FETCHED = "not fetched";

  /** What a complete game has, in the order of need. */
  public static final List<String> REQUIRED = List.of(PLAY_BY_PLAY, BOX_SCORE, SHIFT_CHART);

  private Endpoints() {}
}
