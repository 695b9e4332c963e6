package io.landfall.producer.command;

import io.landfall.cli.Command;
import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.cli.Parsers;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.producer.definition.Checked;
import io.landfall.producer.definition.Definitions;
import io.landfall.producer.definition.Reading.Absence;
import io.landfall.producer.definition.ResourceDefinition;
import io.landfall.producer.definition.SourceDefinition;
import io.landfall.producer.definition.SourceFile;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** {@code source check}: everything that is wrong with files of sources, without asking anybody. */
public final class SourceCheckCommand implements Command {

  private static final Setting<List<String>> FILES =
      Setting.arguments("files", "FILE...", Parsers::text, "The files of sources to look through.");

  @Override
  public String name() {
    return "source check";
  }

  @Override
  public String description() {
    return "Tells everything that is wrong with the files of sources, each with its place. Asks"
        + " nobody.";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(FILES);
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) {
    List<String> names = settings.find(FILES).orElse(List.of());
    if (names.isEmpty()) {
      throw LandfallException.usage("Name the files of sources, such as sources/usgs.yaml");
    }
    List<String> problems = new ArrayList<>();
    for (String name : names) {
      try {
        Checked checked = Definitions.check(name, SourceFile.text(path(name)));
        if (checked instanceof Checked.Right right) {
          out.println("%s: ok: %s".formatted(name, summary(right.definition())));
        } else {
          ((Checked.Wrong) checked).problems().forEach(each -> problems.add(each.toString()));
        }
      } catch (LandfallException e) {
        // The other files are looked through all the same.
        problems.add(e.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      throw LandfallException.usage(String.join("\n", problems));
    }
    return ExitCode.OK;
  }

  private static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw LandfallException.usage(
          "\"%s\" cannot be a file: %s".formatted(name, e.getReason()), e);
    }
  }

  /** "usgs, with earthquakes (windows, changes; 19 fields)". */
  static String summary(SourceDefinition source) {
    return "source %s, with %s"
        .formatted(
            source.name(),
            source.resources().stream()
                .map(SourceCheckCommand::summary)
                .collect(Collectors.joining(", ")));
  }

  private static String summary(ResourceDefinition resource) {
    List<String> readings = new ArrayList<>();
    resource.windows().ifPresent(windows -> readings.add("windows" + told(windows.absence())));
    resource.changes().ifPresent(changes -> readings.add("changes"));
    resource.listed().ifPresent(listed -> readings.add("listed" + told(listed.absence())));
    resource.whole().ifPresent(whole -> readings.add("whole" + told(whole.absence())));
    return "%s (%s; key %s; %d fields)"
        .formatted(
            resource.name(),
            String.join(", ", readings),
            String.join("/", resource.key()),
            resource.fields().size());
  }

  private static String told(Absence absence) {
    return absence.retracts() ? "" : " (absence says nothing)";
  }
}
