package io.landfall.cli;

import java.util.Optional;

/**
 * Why nothing goes on: a value, so that whoever only looks can say what whoever writes would be
 * told.
 *
 * @param wrong what is wrong, with values
 * @param lost what going on would lose, double or overwrite
 * @param way what can be done, with the command that goes on
 */
public record Refusal(RefusalReason reason, String wrong, String lost, String way) {

  /** All of it, for people. */
  public String message() {
    return "%s %s Nothing was written. %s".formatted(wrong, lost, way);
  }

  public LandfallException exception() {
    return LandfallException.refused(reason, message());
  }

  /**
   * Passes where nothing speaks against going on.
   *
   * @throws LandfallException if something does
   */
  public static void requireNone(Optional<Refusal> refusal) {
    if (refusal.isPresent()) {
      throw refusal.get().exception();
    }
  }
}
