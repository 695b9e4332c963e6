package io.landfall.producer.overview;

import java.util.Locale;

/**
 * Something that needs a person.
 *
 * @param what is not all right, with values
 * @param how the command that goes on, or that says more
 */
public record Need(Kind kind, String what, String how) {

  /** What it is about. */
  public enum Kind {
    NOTHING_FETCHED,
    RUN_FAILED,
    RUN_LATE,
    ITEMS_OVERDUE,
    NOT_IN_FORCE,
    SHAPE_BEHIND,
    DEAD_LETTERS,
    OPEN_TRANSACTION,
    TABLE_UNKNOWN,
    TABLE_BEHIND,
    TABLE_REFUSED,
    TABLE_UNANSWERED,
    QUARANTINE;

    /** For scripts. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
