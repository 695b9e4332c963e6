package io.landfall.sandbox.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;

/** A table rebuilt from the landing topic equals the first one, row by row. */
public final class ReplayEqualsOriginal implements Guarantee {

  @Override
  public void verify(Observed observed) {
    assertThat(observed.replayed()).as("rows after a replay").hasSameSizeAs(observed.bronze());
    assertThat(new HashSet<>(observed.replayed()))
        .as("rows after a replay")
        .isEqualTo(new HashSet<>(observed.bronze()));
  }
}
