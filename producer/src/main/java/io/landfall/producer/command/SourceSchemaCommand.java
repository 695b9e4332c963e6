package io.landfall.producer.command;

import io.landfall.cli.Command;
import io.landfall.cli.ExitCode;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.producer.definition.SourceSchema;
import java.io.PrintStream;
import java.util.List;

/** {@code source schema}: what editors complete and check the file of a source by. */
public final class SourceSchemaCommand implements Command {

  @Override
  public String name() {
    return "source schema";
  }

  @Override
  public String description() {
    return "Prints the JSON Schema of a source's file, for editors.";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of();
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) {
    SourceSchema.text().lines().forEach(out::println);
    return ExitCode.OK;
  }
}
