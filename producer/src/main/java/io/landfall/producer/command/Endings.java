package io.landfall.producer.command;

import io.landfall.producer.definition.Paging;
import io.landfall.producer.rest.ask.Look.Ending;

/** How a look ended, in words. */
final class Endings {

  private Endings() {}

  /** Told to somebody who reads what a definition brings. */
  static String told(Ending ending, Paging paging) {
    if (ending instanceof Ending.Whole) {
      return paging instanceof Paging.None
          ? "one answer is all, by paging: none"
          : "the API says that this is all";
    }
    if (ending instanceof Ending.Filled filled) {
      return "there is more, which the next look asks for: " + filled.reason();
    }
    if (ending instanceof Ending.CutShort cut) {
      return "INCOMPLETE: " + cut.reason();
    }
    if (ending instanceof Ending.Gone gone) {
      return "gone: " + gone.reason();
    }
    if (ending instanceof Ending.Split split) {
      return "too much at once, a run would halve the window: " + split.reason();
    }
    if (ending instanceof Ending.Refused refused) {
      return "refused: " + refused.reason();
    }
    if (ending instanceof Ending.Later later) {
      return "not now: " + later.reason();
    }
    if (ending instanceof Ending.NotAsked notAsked) {
      return "not asked: " + notAsked.reason();
    }
    if (ending instanceof Ending.Stop stop) {
      return "a run would end here: " + stop.reason();
    }
    return ending instanceof Ending.Empty ? "nothing is there" : "nothing new";
  }
}
