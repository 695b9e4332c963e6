package io.landfall.cli;

import java.util.Optional;

/**
 * How a run ended, for whoever watches it.
 *
 * @param reason why it was refused, if it was for a reason that has a word
 */
public record End(ExitCode exitCode, Optional<RefusalReason> reason) {

  /** One that ended by itself. */
  public static End of(ExitCode exitCode) {
    return new End(exitCode, Optional.empty());
  }
}
