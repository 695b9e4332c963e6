package io.landfall.producer.fetch;

/**
 * How the items that were due ended.
 *
 * @param complete held complete now
 * @param settled not complete, and the same for so long that it counts as all that there will be
 * @param incomplete of which something is still missing that the API does not have yet
 * @param failed of which something could not be had, because asking for it failed
 * @param notAsked for which no request was sent, because others had failed
 * @param changed of all these, those with new answers
 * @param notInForce of all these, those with an answer that says less than what stays in force
 */
public record Tally(
    int complete,
    int settled,
    int incomplete,
    int failed,
    int notAsked,
    int changed,
    int notInForce) {

  static final Tally NOTHING = new Tally(0, 0, 0, 0, 0, 0, 0);
  static final Tally COMPLETE = new Tally(1, 0, 0, 0, 0, 0, 0);
  static final Tally SETTLED = new Tally(0, 1, 0, 0, 0, 0, 0);
  static final Tally INCOMPLETE = new Tally(0, 0, 1, 0, 0, 0, 0);
  static final Tally FAILED = new Tally(0, 0, 0, 1, 0, 0, 0);
  static final Tally NOT_ASKED = notAsked(1);
  static final Tally CHANGED = new Tally(0, 0, 0, 0, 0, 1, 0);
  static final Tally NOT_IN_FORCE = new Tally(0, 0, 0, 0, 0, 0, 1);

  static Tally notAsked(int items) {
    return new Tally(0, 0, 0, 0, items, 0, 0);
  }

  Tally plus(Tally more) {
    return new Tally(
        complete + more.complete,
        settled + more.settled,
        incomplete + more.incomplete,
        failed + more.failed,
        notAsked + more.notAsked,
        changed + more.changed,
        notInForce + more.notInForce);
  }

  /** How many were due. */
  int sum() {
    return complete + settled + incomplete + failed + notAsked;
  }

  /** Whether every item was asked for, and the API said all that it has. */
  public boolean isDone() {
    return failed == 0 && notAsked == 0;
  }
}
