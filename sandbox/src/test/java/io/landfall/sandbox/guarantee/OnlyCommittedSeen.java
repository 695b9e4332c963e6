package io.landfall.sandbox.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;

/** Every row in bronze is a committed record of the landing topic, with the same content. */
public final class OnlyCommittedSeen implements Guarantee {

  @Override
  public void verify(Observed observed) {
    Set<String> committed =
        observed.landing().stream()
            .map(row -> row.partition() + "@" + row.offset() + " " + row.contentHash())
            .collect(Collectors.toSet());
    assertThat(observed.bronze())
        .as("rows in bronze that no committed record stands behind")
        .filteredOn(
            row ->
                !committed.contains(row.partition() + "@" + row.offset() + " " + row.contentHash()))
        .isEmpty();
  }
}
