package io.landfall.producer.command;

import io.landfall.cli.LandfallException;
import io.landfall.cli.Reason;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.producer.deadletter.KafkaArchive;
import io.landfall.producer.deadletter.Origin;
import io.landfall.producer.deadletter.Standing;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** The dead letters of a cluster, for a command. */
final class Letters {

  static final Setting<List<Origin>> ORIGINS =
      Setting.arguments(
          "origins",
          "ORIGIN",
          Origin::parse,
          "Which dead letters: topic-partition@offset each, as `dead-letters list` shows them.");

  static final Setting<Boolean> ALL = Setting.onOff("all", "Instead of some: all that are open.");

  private Letters() {}

  /** What is wrong with the choice of letters. */
  static List<String> problems(Settings settings) {
    boolean all = settings.find(ALL).orElse(false);
    boolean some = settings.find(ORIGINS).isPresent();
    return settings.find(ALL).isPresent() && all == some
        ? List.of(
            all
                ? "--all and single dead letters: give one or the other"
                : "Which dead letters? Give their origins, as `dead-letters list` shows them, or --all")
        : List.of();
  }

  /**
   * Refuses single letters where there are none.
   *
   * @param asked for; empty: all
   */
  static <T> List<T> none(Optional<List<Origin>> asked) {
    if (asked.isPresent()) {
      throw LandfallException.usage("There is no dead letter at all in this cluster.");
    }
    return List.of();
  }

  /** A letter by where its record stands and its item. */
  static String name(Standing standing) {
    return standing.letter().origin()
        + standing.letter().item().map(item -> " (" + item + ")").orElse("");
  }

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
