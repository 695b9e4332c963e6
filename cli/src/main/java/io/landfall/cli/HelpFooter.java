package io.landfall.cli;

import java.util.ArrayList;
import java.util.List;

/** What the help of each command says below its options. */
final class HelpFooter {

  private HelpFooter() {}

  static String[] of(Command command) {
    List<String> lines = new ArrayList<>();
    for (PassThrough to : PassThrough.values()) {
      Setting<?> sign = sign(to);
      if (command.settings().stream().anyMatch(setting -> setting.key().equals(sign.key()))) {
        lines.add("  --%-20s %s".formatted(to.prefix() + "NAME=VALUE", to.goesTo()));
      }
    }
    if (!lines.isEmpty()) {
      lines.add(0, "");
      lines.add(1, "Handed on under their own names:");
    }
    lines.add("");
    lines.add(
        "Each of these can also be a variable, --some-name as LANDFALL_SOME_NAME, or a line of the");
    lines.add(
        "file of --config (LANDFALL_CONFIG): a flag wins over a variable, that over the file.");
    lines.add("");
    lines.add("Exit codes:");
    for (ExitCode code : ExitCode.values()) {
      lines.add("  %-3d  %s".formatted(code.code(), code.meaning()));
    }
    return lines.stream().map(line -> line.replace("%", "%%")).toArray(String[]::new);
  }

  /** The setting by which a command is known to start what these are handed on to. */
  private static Setting<?> sign(PassThrough to) {
    return switch (to) {
      case KAFKA -> LandfallSettings.BOOTSTRAP_SERVERS;
      case STREAMS -> LandfallSettings.STATE_DIR;
      case SPARK -> LandfallSettings.SCRATCH_DIR;
    };
  }
}
