package io.landfall.producer.command;

import static java.util.stream.Collectors.joining;

import io.landfall.cli.LandfallException;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.Program;
import io.landfall.cli.Settings;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.producer.definition.Checked;
import io.landfall.producer.definition.Definitions;
import io.landfall.producer.definition.Problem;
import io.landfall.producer.definition.SourceDefinition;
import io.landfall.producer.definition.SourceFile;
import io.landfall.producer.rest.RestConnector;
import io.landfall.producer.source.AnswersConnector;
import io.landfall.producer.source.Connector;
import io.landfall.schemas.Access;
import io.landfall.schemas.Definition;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The sources that there are, and which of them the user wants: one that the program knows, one
 * that was applied, or one that a file describes.
 */
public final class Sources {

  private final List<Connector> known;
  private final Map<String, String> environment;
  private final Clock clock;

  /** As they were when they were asked for first: a run goes on by one definition. */
  private final Map<String, Connector> described = new ConcurrentHashMap<>();

  /**
   * @param known at least one, each with a name of its own
   * @param environment where the secrets of definitions are
   */
  public Sources(List<Connector> known, Map<String, String> environment, Clock clock) {
    this.known = List.copyOf(known);
    this.environment = Map.copyOf(environment);
    this.clock = clock;
  }

  /** One that the program knows, and whatever is described. */
  public static Sources of(Connector connector, Clock clock) {
    return new Sources(List.of(connector), System.getenv(), clock);
  }

  /** The one for what all tell alike of themselves. */
  Connector usual() {
    return known.get(0);
  }

  /** The one that the user names. */
  Connector chosen(Settings settings) {
    String name = name(settings);
    return find(name)
        .map(
            known ->
                settings.find(LandfallSettings.ANSWERS_TABLE).orElse(false)
                    ? AnswersConnector.beside(known)
                    : known)
        .orElseGet(
            () ->
                described.computeIfAbsent(
                    name, each -> isFile(each) ? described(each) : applied(each, settings)));
  }

  /** What is wrong with the choice, as far as one knows without asking anybody. */
  List<String> problems(Settings settings) {
    String name = name(settings);
    if (find(name).isPresent()) {
      return List.of();
    }
    if (settings.find(LandfallSettings.ANSWERS_TABLE).orElse(false)) {
      return List.of(
          "--answers-table: whether answers of %s are landed is said in its definition: answers-table: true"
              .formatted(name));
    }
    if (!isFile(name)) {
      return List.of();
    }
    try {
      return Definitions.check(name, SourceFile.text(Path.of(name))) instanceof Checked.Wrong wrong
          ? wrong.problems().stream().map(Problem::toString).toList()
          : List.of();
    } catch (LandfallException e) {
      return List.of("--source %s: %s".formatted(name, e.getMessage()));
    }
  }

  private String name(Settings settings) {
    return settings.find(LandfallSettings.SOURCE).orElseGet(() -> usual().dataset().source());
  }

  private Optional<Connector> find(String name) {
    return known.stream().filter(one -> one.dataset().source().equals(name)).findFirst();
  }

  private static boolean isFile(String name) {
    return name.contains("/") || name.endsWith(".yaml") || name.endsWith(".yml");
  }

  private Connector described(String file) {
    return of(Definitions.read(file, SourceFile.text(Path.of(file))));
  }

  /**
   * The connector of a definition.
   *
   * @throws LandfallException if its name is one that the program knows
   */
  Connector of(SourceDefinition definition) {
    if (find(definition.name()).isPresent()) {
      throw LandfallException.usage(
          "source: %s is a source that the program knows; give this one another name"
              .formatted(definition.name()));
    }
    return new RestConnector(definition, environment, clock);
  }

  private Connector applied(String name, Settings settings) {
    Map<String, Definition> all =
        new Applying(KafkaSettings.of(settings), KafkaSettings.topicPrefix(settings), clock).all();
    Definition definition = all.get(name);
    if (definition == null) {
      throw LandfallException.usage(
          "--source %s: there is no such source; there is %s. A file that describes one has a slash in its name, or ends with .yaml"
              .formatted(
                  name,
                  Stream.concat(
                          known.stream().map(one -> one.dataset().source()),
                          new TreeSet<>(all.keySet()).stream())
                      .collect(joining(", "))));
    }
    return of(
        Definitions.read("the definition of %s in Kafka".formatted(name), definition.getText()));
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
