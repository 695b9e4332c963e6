package io.landfall.cli.lineage;

import java.io.IOException;

/** Who is told of one run. For one thread. */
interface Listener {

  /** For the log. */
  String name();

  /**
   * Takes it, within a few seconds.
   *
   * @throws IOException if it could not be told
   */
  void tell(Moment moment) throws IOException, InterruptedException;

  /** Whether the run has come further than what was told last. */
  boolean isBehind();
}
