package io.landfall.producer.definition;

/** What a status of HTTP means. */
public enum StatusMeaning {
  /** There is a body to use. */
  OK,
  /** There is nothing, and that is all that there is. */
  EMPTY,
  /** The same as before. */
  UNCHANGED,
  /** There was something, and it is gone for good. */
  GONE,
  /** Not now. */
  LATER,
  /** No, and it would say so again. */
  REFUSED,
  /** Too much at once: a window is halved. */
  SPLIT,
  /** No, and to whatever else is asked too: the run ends. */
  STOP;

  /** What it usually means. */
  public static StatusMeaning usual(int status) {
    return switch (status) {
      case 204, 205 -> EMPTY;
      case 304 -> UNCHANGED;
      case 408, 425, 429 -> LATER;
      case 401, 403 -> STOP;
      default -> status / 100 == 2 ? OK : status >= 500 ? LATER : REFUSED;
    };
  }
}
