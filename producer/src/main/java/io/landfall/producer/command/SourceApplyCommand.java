package io.landfall.producer.command;

import io.landfall.cli.Command;
import io.landfall.cli.ExitCode;
import io.landfall.cli.Parsers;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.producer.definition.Definitions;
import io.landfall.producer.definition.SourceFile;
import io.landfall.producer.source.Connector;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** {@code source apply}: puts a definition in force, from which runs and consumers go on. */
public final class SourceApplyCommand implements Command {

  private static final Setting<Path> FILE =
      Setting.argument("definition", "FILE", Parsers::path, "The file that describes the source.");

  private final Sources sources;
  private final Clock clock;

  public SourceApplyCommand(Sources sources, Clock clock) {
    this.sources = sources;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "source apply";
  }

  @Override
  public String description() {
    return "Puts the definition of a source in force: in Kafka, where runs and consumers find it.";
  }

  @Override
  public List<Setting<?>> settings() {
    return Stream.concat(Stream.<Setting<?>>of(FILE), KafkaSettings.ALL.stream()).toList();
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) throws InterruptedException {
    Path file = settings.get(FILE);
    Connector connector = sources.of(Definitions.read(file.toString(), SourceFile.text(file)));
    String source = connector.dataset().source();
    Applying.Outcome outcome = Cluster.apply(settings, connector, clock);
    if (outcome instanceof Applying.Outcome.Applied applied) {
      out.println("%s is in force from now on".formatted(source));
      applied.changed().forEach(change -> out.println("  " + change));
    } else {
      out.println("%s was in force as it is".formatted(source));
    }
    for (Connector resource : connector.resources()) {
      out.println(
          "  %s: topic %s; consumer run --dataset %s"
              .formatted(
                  resource.dataset().resource(),
                  Cluster.topics(settings, resource.dataset()).landing().name(),
                  resource.dataset().title()));
    }
    return ExitCode.OK;
  }
}
