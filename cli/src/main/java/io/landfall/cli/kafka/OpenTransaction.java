package io.landfall.cli.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A transaction that nobody has ended yet: what lies behind its first record is not committed for
 * anybody.
 *
 * @param offset of its first record
 * @param since when it began, or when its producer wrote last, as far as the broker tells
 * @param transactionalId of its producer; none where no coordinator knows of it, so that it will
 *     not end by itself, or where the broker does not let this user ask
 */
public record OpenTransaction(
    String topic,
    int partition,
    long offset,
    Optional<Instant> since,
    Optional<String> transactionalId) {

  /** How long it has been open; nothing where that is not known. */
  public Duration age(Instant now) {
    return since.map(began -> Duration.between(began, now)).orElse(Duration.ZERO);
  }

  /** The command that ends it where its program is gone. */
  public String abort() {
    return "kafka-transactions.sh abort --topic %s --partition %d --start-offset %d"
        .formatted(topic, partition, offset);
  }
}
