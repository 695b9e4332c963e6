package io.landfall.producer.command;

import static java.util.stream.Collectors.joining;

import io.landfall.cli.LandfallException;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.Program;
import io.landfall.cli.Settings;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.producer.source.Connector;
import io.landfall.schemas.Access;
import java.util.List;
import java.util.Optional;

/**
 * The sources that the program knows, and which of them its user wants.
 *
 * @param known by whose name a setting may call it; at least one, and the first is the usual one
 */
public record Sources(List<Connector> known) {

  public Sources {
    known = List.copyOf(known);
  }

  /** One alone. */
  public static Sources of(Connector connector) {
    return new Sources(List.of(connector));
  }

  /** The one for what all tell alike of themselves. */
  Connector usual() {
    return known.get(0);
  }

  /** The one that the user names. */
  Connector chosen(Settings settings) {
    String name = name(settings);
    return find(name).orElseThrow(() -> LandfallException.usage(unknown(name)));
  }

  /** What is wrong with the choice. */
  List<String> problems(Settings settings) {
    String name = name(settings);
    return find(name).isPresent() ? List.of() : List.of(unknown(name));
  }

  private String name(Settings settings) {
    return settings.find(LandfallSettings.SOURCE).orElseGet(() -> usual().dataset().source());
  }

  private Optional<Connector> find(String name) {
    return known.stream().filter(one -> one.dataset().source().equals(name)).findFirst();
  }

  private String unknown(String name) {
    return "--source %s: there is no such source; there is %s"
        .formatted(name, known.stream().map(one -> one.dataset().source()).collect(joining(", ")));
  }

  /**
   * What each command must be allowed in a cluster.
   *
   * @param program that the commands are of
   */
  public Program.Needs needs(String program) {
    return (command, settings) ->
        chosen(settings).resources().stream()
            .flatMap(
                resource ->
                    Access.needed(
                        program,
                        command,
                        resource
                            .dataset()
                            .withTopicPrefix(KafkaSettings.topicPrefix(settings))
                            .topics())
                        .stream())
            .distinct()
            .toList();
  }
}
