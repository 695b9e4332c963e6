package io.landfall.sandbox.guarantee;

import java.util.List;

/** A promise that holds for whatever was observed, or fails with what breaks it. */
public interface Guarantee {

  /** Fails with an {@link AssertionError} where the promise is broken. */
  void verify(Observed observed);

  /** Every promise that is kept by now. */
  static List<Guarantee> all() {
    return List.of(
        new NothingLost(), new NothingTwice(), new OnlyCommittedSeen(), new ReplayEqualsOriginal());
  }
}
