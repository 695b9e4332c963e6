package io.landfall.producer.command;

import io.landfall.cli.LandfallException;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.producer.definition.Definitions;
import io.landfall.producer.definition.Evolution;
import io.landfall.producer.source.Connector;
import io.landfall.schemas.AppliedDefinitions;
import io.landfall.schemas.Definition;
import io.landfall.schemas.SingleObjectFormat.Undecodable;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;

/** Puts the definition of a source in force: in Kafka, where consumers find it. */
final class Applying {

  /** What came of it. */
  sealed interface Outcome {
    /** It was in force before, word for word. */
    record Same() implements Outcome {}

    /**
     * It is from now on.
     *
     * @param changed what is different from the one before, a sentence each; nothing for the first
     */
    record Applied(List<String> changed) implements Outcome {}
  }

  private final KafkaSettings kafka;
  private final AppliedDefinitions definitions;
  private final Clock clock;

  Applying(KafkaSettings kafka, String topicPrefix, Clock clock) {
    this.kafka = kafka;
    this.definitions = new AppliedDefinitions(kafka.client(Map.of()), topicPrefix);
    this.clock = clock;
  }

  /** The last one of each source, by name. */
  Map<String, Definition> all() {
    try {
      return definitions.read();
    } catch (KafkaException e) {
      throw kafka.failure(e);
    } catch (Undecodable e) {
      throw LandfallException.refused(
          "Topic %s cannot be read: %s. It may be of a newer release: use that one."
              .formatted(definitions.topic().name(), e.getMessage()),
          e);
    }
  }

  /**
   * Puts that of a connector in force, if one describes it; its topic is there.
   *
   * @throws LandfallException if what is landed already does not allow it, with each reason
   */
  Outcome apply(Connector connector, String text) throws InterruptedException {
    String source = connector.dataset().source();
    Optional<Definition> before = Optional.ofNullable(all().get(source));
    if (before.filter(one -> one.getText().equals(text)).isPresent()) {
      return new Outcome.Same();
    }
    Optional<Evolution> evolution =
        before.map(
            one ->
                Evolution.of(
                    Definitions.read(
                        "the definition of %s in force".formatted(source), one.getText()),
                    Definitions.read("the new definition of %s".formatted(source), text),
                    AppliedDefinitions.datasets(one)));
    if (evolution.filter(one -> !one.isAllowed()).isPresent()) {
      throw LandfallException.refused(
          "The definition of %s cannot follow the one in force:\n%s"
              .formatted(source, String.join("\n", evolution.get().refused())));
    }
    try {
      definitions.write(
          AppliedDefinitions.following(
              before,
              source,
              text,
              clock.instant().truncatedTo(ChronoUnit.MILLIS),
              connector.resources().stream().map(Connector::dataset).toList()));
    } catch (KafkaException e) {
      throw kafka.failure(e);
    }
    return new Outcome.Applied(evolution.map(Evolution::changed).orElse(List.of()));
  }
}
