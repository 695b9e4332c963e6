package io.landfall.sandbox.collection;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can happen between two answers, and what can be wrong with one. */
public enum Misbehaviour {
  /** A record is created. */
  INSERT(true),
  /** A record gets another content, and says so. */
  EDIT(true),
  /** A record gets another content and keeps its {@code updated}. */
  EDIT_SILENTLY(true),
  /** A record gets another content, and its {@code updated} goes back by up to a day. */
  UPDATED_BACK(true),
  /** A record is deleted. Once nothing is asked with its id, only {@code includedeleted} tells. */
  DELETE(true),
  /** A deleted record comes back; where none is deleted, one is first. */
  BRING_BACK(true),
  /** What a record tells of happened on another day, up to ten days away. */
  MOVE(true),
  /** A record is created or edited, and shown only later than its {@code updated}. */
  LATE(true),
  /** 2,500 records are created in one second. */
  CROWD(true),
  /** The clock goes back by an hour, and with it {@code Date} and {@code updated}. */
  CLOCK_BACK(true),
  /** The page before is answered once more in place of the one that was asked for. */
  REPEAT_PAGE(false),
  /** A right page, whose token or link leads to that same page. */
  REPEAT_TOKEN(false),
  /** Status 200 and no records, nothing more to come. */
  EMPTY(false),
  /** The connection ends after half of the promised bytes. */
  CUT(false),
  /** Half of the bytes, as if they were all. */
  HALF(false),
  /** The records of a page come in another order. */
  SHUFFLE(false),
  /** An answer from where the collection was when this was switched on. */
  STALE(false),
  /** A total or a count that is one to nine off. */
  WRONG_TOTAL(false),
  /** 429 with {@code Retry-After}. */
  BUSY(false),
  /** 503. */
  DOWN(false);

  private final boolean changes;

  Misbehaviour(boolean changes) {
    this.changes = changes;
  }

  /** Whether it changes the collection or its clock; else it spoils an answer. */
  public boolean changes() {
    return changes;
  }

  /** As a control request names it, such as {@code edit-silently}. */
  public String named() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<Misbehaviour> named(String name) {
    return Arrays.stream(values()).filter(kind -> kind.named().equals(name)).findFirst();
  }

  static List<String> names() {
    return Arrays.stream(values()).map(Misbehaviour::named).toList();
  }
}
