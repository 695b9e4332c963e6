package io.landfall.producer.fetch;

/**
 * How the games that were due ended; their sum is how many were due.
 *
 * @param complete held complete now
 * @param incomplete of which something is still missing that the API does not have yet
 * @param failed of which something could not be had, because asking for it failed
 * @param notAsked for which no request was sent, because others had failed
 */
public record Tally(int complete, int incomplete, int failed, int notAsked) {

  static final Tally NOTHING = new Tally(0, 0, 0, 0);
  static final Tally COMPLETE = new Tally(1, 0, 0, 0);
  static final Tally INCOMPLETE = new Tally(0, 1, 0, 0);
  static final Tally FAILED = new Tally(0, 0, 1, 0);
  static final Tally NOT_ASKED = new Tally(0, 0, 0, 1);

  Tally plus(Tally more) {
    return new Tally(
        complete + more.complete,
        incomplete + more.incomplete,
        failed + more.failed,
        notAsked + more.notAsked);
  }

  /** Whether every game was asked for, and the API said all that it has. */
  public boolean isDone() {
    return failed == 0 && notAsked == 0;
  }
}
