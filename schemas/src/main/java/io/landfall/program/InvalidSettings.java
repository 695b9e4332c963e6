package io.landfall.program;

import java.util.List;

/** Everything that is wrong with what the user gave, at once. */
public final class InvalidSettings extends Exception {

  private final List<String> problems;

  public InvalidSettings(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  public List<String> problems() {
    return problems;
  }
}
