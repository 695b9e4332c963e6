package io.landfall.producer.command;

import io.landfall.cli.LandfallException;
import io.landfall.cli.Reason;
import io.landfall.producer.deadletter.KafkaArchive;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** The dead letters of a cluster, for a command. */
final class Letters {

  private Letters() {}

  /** Whether there can be any. */
  static boolean exist(Cluster cluster) {
    return !cluster.missing().contains(cluster.topics().deadLetters())
        && !cluster.missing().contains(cluster.topics().answers());
  }

  /** What somebody wants to know of them, or do with them. */
  static <T> T with(Cluster cluster, Function<KafkaArchive, T> use) {
    try (KafkaArchive archive =
        new KafkaArchive(cluster.connection(), cluster.topics(), cluster.admin())) {
      return use.apply(archive);
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      throw LandfallException.unavailable(
          "Kafka went away while dead letters were read: %s. Run again when it is back."
              .formatted(Reason.of(e)),
          e);
    }
  }
}
