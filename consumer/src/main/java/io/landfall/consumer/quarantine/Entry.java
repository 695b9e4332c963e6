package io.landfall.consumer.quarantine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record that was set aside.
 *
 * @param open whether it is no row of the table yet, as far as the quarantine table knows
 * @param topicId of the topic that it was read from
 * @param timestamp in the topic
 * @param fingerprint of the schema that it says it was written with; null where it does not say so
 * @param codeVersion of the code that set it aside
 */
public record Entry(
    boolean open,
    String topicId,
    int partition,
    long offset,
    Instant timestamp,
    Instant quarantinedAt,
    String reason,
    String detail,
    @Nullable String fingerprint,
    String codeVersion) {

  /** As the other commands call it. */
  public String state() {
    return open ? "OPEN" : "RESOLVED";
  }
}
