package io.landfall.producer.command;

import io.landfall.cli.Command;
import io.landfall.cli.ExitCode;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.schemas.AppliedDefinitions;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.Definition;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;

/** {@code source list}: the definitions that are in force. */
public final class SourceListCommand implements Command {

  private final Clock clock;

  public SourceListCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return "source list";
  }

  @Override
  public String description() {
    return "Lists the sources whose definitions are in force, with their datasets.";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.copyOf(KafkaSettings.ALL);
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) {
    List<Definition> all =
        List.copyOf(
            new Applying(KafkaSettings.of(settings), KafkaSettings.topicPrefix(settings), clock)
                .all()
                .values());
    for (Definition definition : all) {
      out.println(
          "%s  since %s  %s"
              .formatted(
                  definition.getSource(),
                  definition.getAppliedAt(),
                  AppliedDefinitions.datasets(definition).stream()
                      .map(Dataset::title)
                      .collect(Collectors.joining(", "))));
    }
    if (all.isEmpty()) {
      out.println("No definition was applied: see source apply");
    }
    return ExitCode.OK;
  }
}
