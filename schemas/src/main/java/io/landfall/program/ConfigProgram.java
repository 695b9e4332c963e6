package io.landfall.program;

import java.util.List;

/** {@code landfall config}: looks at the settings without starting anything. */
public final class ConfigProgram {

  private ConfigProgram() {}

  /**
   * The program.
   *
   * @param verbs whose settings are looked at together, not only one by one
   */
  public static Program of(List<Verb> verbs) {
    return new Program(
        "landfall config",
        "Looks at the settings without starting anything.",
        List.of(
            new ConfigVerb(
                "check",
                "Checks file and environment and tells every problem at once.",
                verbs,
                (settings, out) -> out.println("The settings are right."),
                (settings, out) -> {}),
            new ConfigVerb(
                "show",
                "Shows each value and where it came from; secrets are masked.",
                verbs,
                (settings, out) -> settings.described().forEach(out::println),
                (settings, out) -> settings.described().forEach(out::println))));
  }
}
