package io.landfall.cli;

import java.util.List;

/** Everything that is wrong with what the user gave, at once. */
public final class InvalidSettings extends Exception {

  private final List<String> problems;
  private final transient Settings right;

  InvalidSettings(List<String> problems, Settings right) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
    this.right = right;
  }

  /** The settings that nothing is wrong with one by one. */
  Settings right() {
    return right;
  }

  public List<String> problems() {
    return problems;
  }
}
