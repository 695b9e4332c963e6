package io.landfall.program;

import java.util.List;

/** {@code landfall config}: looks at the settings without starting anything. */
public final class ConfigMain {

  private ConfigMain() {}

  /** Runs one verb and exits. */
  public static void main(String[] args) {
    program().runAndExit(args);
  }

  static Program program() {
    return new Program(
        "landfall config",
        "Looks at the settings without starting anything.",
        List.of(
            new ConfigVerb(
                "check",
                "Checks file and environment and tells every problem at once.",
                (settings, out) -> out.println("The settings are right.")),
            new ConfigVerb(
                "show",
                "Shows each value and where it came from; secrets are masked.",
                (settings, out) -> settings.described().forEach(out::println))));
  }
}
