package io.landfall.cli.lineage;

import java.time.Instant;
import java.util.Optional;

/**
 * Something to be told of a run.
 *
 * @param reason of a failure
 */
record Moment(Kind kind, Instant at, Optional<String> reason) {

  /** What it is, by OpenLineage's names. */
  enum Kind {
    START,
    RUNNING,
    COMPLETE,
    ABORT,
    FAIL;

    boolean isEnd() {
      return this != START && this != RUNNING;
    }
  }

  static Moment of(Kind kind, Instant at) {
    return new Moment(kind, at, Optional.empty());
  }

  static Moment of(RunEnd end, Instant at) {
    if (end instanceof RunEnd.Failed failed) {
      return new Moment(Kind.FAIL, at, Optional.of(failed.reason()));
    }
    return of(end instanceof RunEnd.Aborted ? Kind.ABORT : Kind.COMPLETE, at);
  }
}
