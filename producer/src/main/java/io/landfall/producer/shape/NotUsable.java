package io.landfall.producer.shape;

import org.jspecify.annotations.Nullable;

/** A record of the archive that nothing can be made of, and why: it becomes a dead letter. */
final class NotUsable extends RuntimeException {

  /** Why, in one word. */
  enum Reason {
    /** Its bytes are not one item's answers. */
    UNDECODABLE,
    /** No rows can be derived from its answers. */
    UNSHAPEABLE,
    /** What was derived from its answers does not fit into a record. */
    TOO_LARGE
  }

  private final Reason reason;

  NotUsable(Reason reason, String detail) {
    this(reason, detail, null);
  }

  NotUsable(Reason reason, String detail, @Nullable Throwable cause) {
    super(detail, cause);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }

  /** What was wrong, with values. */
  String detail() {
    return String.valueOf(getMessage());
  }

  /** What was thrown in the first place. */
  Throwable origin() {
    return getCause() == null ? this : getCause();
  }
}
