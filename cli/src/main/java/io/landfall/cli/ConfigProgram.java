package io.landfall.cli;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** {@code landfall config}: looks at the settings without starting anything. */
public final class ConfigProgram {

  private ConfigProgram() {}

  /**
   * The program.
   *
   * @param commands whose settings are looked at together, not only one by one
   * @param streamsNames the names that Kafka Streams knows
   * @param checks what {@code check --online} asks, in this order
   */
  public static Program of(
      List<Command> commands, Set<String> streamsNames, List<OnlineCheck> checks) {
    return new Program(
        "landfall config",
        "Looks at the settings without starting anything.",
        List.of(new CheckCommand(commands, streamsNames, checks), new ShowCommand(commands)));
  }

  /**
   * Nothing is started, so nothing is missing: what a command requires is only looked at if given.
   */
  static List<Setting<?>> settings() {
    return LandfallSettings.ALL.stream().<Setting<?>>map(Setting::notRequired).toList();
  }

  static List<String> problems(List<Command> commands, Settings settings) {
    return commands.stream()
        .flatMap(command -> command.problems(settings).stream())
        .distinct()
        .toList();
  }

  static List<Setting<?>> with(Setting<?> setting) {
    return Stream.concat(settings().stream(), Stream.<Setting<?>>of(setting)).toList();
  }
}
