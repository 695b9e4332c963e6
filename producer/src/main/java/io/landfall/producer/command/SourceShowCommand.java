package io.landfall.producer.command;

import io.landfall.cli.Command;
import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.cli.Parsers;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.schemas.Definition;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code source show}: the definition that is in force, word for word. */
public final class SourceShowCommand implements Command {

  private static final Setting<String> NAME =
      Setting.argument("name", "SOURCE", Parsers::text, "The name of a source that was applied.");

  private final Clock clock;

  public SourceShowCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return "source show";
  }

  @Override
  public String description() {
    return "Shows the definition of a source that is in force, word for word.";
  }

  @Override
  public List<Setting<?>> settings() {
    return Stream.concat(Stream.<Setting<?>>of(NAME), KafkaSettings.ALL.stream()).toList();
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) {
    String name = settings.get(NAME);
    Map<String, Definition> all =
        new Applying(KafkaSettings.of(settings), KafkaSettings.topicPrefix(settings), clock).all();
    Definition definition = all.get(name);
    if (definition == null) {
      throw LandfallException.usage(
          "%s was not applied; there is %s"
              .formatted(name, all.isEmpty() ? "no definition" : String.join(", ", all.keySet())));
    }
    out.println(
        "# in force since %s, SHA-256 %s"
            .formatted(definition.getAppliedAt(), definition.getHash()));
    definition.getText().lines().forEach(out::println);
    return ExitCode.OK;
  }
}
