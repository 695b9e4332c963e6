package io.landfall.producer.nhl.stats;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What is asked of the NHL's API for a game. */
public enum Endpoint {
  PLAY_BY_PLAY("play-by-play", Format.JSON),
  BOX_SCORE("boxscore", Format.JSON),
  SHIFT_CHART("shiftcharts", Format.JSON),
  /** The official time-on-ice reports stand in for a shift chart that is not complete. */
  SHIFTS_HTML_HOME("shifts-html-home", Format.HTML),
  SHIFTS_HTML_AWAY("shifts-html-away", Format.HTML);

  /** What a body must be. */
  public enum Format {
    JSON,
    HTML
  }

  /** Asked for every game, and what a complete one has, in the order of need. */
  public static final List<Endpoint> REQUIRED = List.of(PLAY_BY_PLAY, BOX_SCORE, SHIFT_CHART);

  /**
   * Asked for a game in progress: its shift chart trails, and no second of it would agree with the
   * box score.
   */
  public static final List<Endpoint> WHILE_IN_PROGRESS = List.of(PLAY_BY_PLAY, BOX_SCORE);

  /** Asked for where the shift chart is missing or partial. */
  public static final List<Endpoint> STAND_INS = List.of(SHIFTS_HTML_HOME, SHIFTS_HTML_AWAY);

  private final String label;
  private final Format format;

  Endpoint(String label, Format format) {
    this.label = label;
    this.format = format;
  }

  /** The one with this name in archive and ledger, if any has it today. */
  static Optional<Endpoint> of(String label) {
    return Arrays.stream(values()).filter(one -> one.label.equals(label)).findFirst();
  }

  /** The name in archive and ledger. */
  public String label() {
    return label;
  }

  public Format format() {
    return format;
  }
}
