package io.landfall.sandbox.season;

/**
 * One line of the play-by-play.
 *
 * @param eventId unique in the game, in no order of time; a correction keeps it
 */
record Play(int eventId, Moment moment, Event event) {

  Play becoming(Event other) {
    return new Play(eventId, moment, other);
  }
}
