package io.landfall.producer.deadletter;

import io.landfall.schemas.Dismissal;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A dead letter and what the archive says of it.
 *
 * @param isInArchive whether the archive has this very record where the letter says
 * @param later offset of a record that the archive got later for the same item
 * @param isLaterTheSame whether that is the same record again
 * @param state whether anything is left to do
 * @param dismissal who has decided that nothing is, if somebody has since it failed last
 */
public record Standing(
    Letter letter,
    boolean isInArchive,
    OptionalLong later,
    boolean isLaterTheSame,
    State state,
    Optional<Dismissal> dismissal) {

  /** Whether anything is left to do for a dead letter. */
  public enum State {
    /** Nothing that came later for its item could be used. */
    OPEN,
    /** Shape could use what came later for its item, be it the same record again. */
    RESOLVED,
    /** Open as well, and somebody has decided that it stays so. */
    DISMISSED
  }

  public boolean isOpen() {
    return state == State.OPEN;
  }

  /** Whether to send it again would put an old answer in front of a newer one. */
  boolean isSuperseded() {
    return later.isPresent();
  }
}
