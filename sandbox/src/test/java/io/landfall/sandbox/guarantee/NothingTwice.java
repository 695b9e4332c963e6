package io.landfall.sandbox.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

/** No key stands twice with the same revision, and no record of the topic twice at all. */
public final class NothingTwice implements Guarantee {

  @Override
  public void verify(Observed observed) {
    assertThat(observed.bronze())
        .as("(key, revision) in bronze")
        .extracting(BronzeRow::keyAndRevision)
        .doesNotHaveDuplicates();
    assertThat(observed.bronze())
        .as("(partition, offset) in bronze")
        .extracting(row -> row.partition() + "@" + row.offset())
        .doesNotHaveDuplicates();
  }
}
