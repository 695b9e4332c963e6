package io.landfall.sandbox.collection;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * One version of a record. All else in it follows from seed, number and revision.
 *
 * @param number from 1 on; never given twice
 * @param revision how often its content changed
 * @param created in seconds since 1970, as are the others
 * @param updated when it changed, as it claims
 * @param happened the time of what it tells of
 */
record Entry(int number, int revision, long created, long updated, long happened, boolean deleted) {

  private static final Pattern ID = Pattern.compile("r\\d{7,9}");

  /** The id of a number: in the order of numbers up to ten million. */
  static String id(int number) {
    return String.format(Locale.ROOT, "r%07d", number);
  }

  /** The number of an id; empty if that is none. */
  static OptionalInt number(String id) {
    return ID.matcher(id).matches()
        ? OptionalInt.of(Integer.parseInt(id.substring(1)))
        : OptionalInt.empty();
  }

  /** With another content. */
  Entry edited(long updated) {
    return new Entry(number, revision + 1, created, updated, happened, deleted);
  }

  Entry moved(long happened, long updated) {
    return new Entry(number, revision, created, updated, happened, deleted);
  }

  Entry deleted(boolean is, long updated) {
    return new Entry(number, revision, created, updated, happened, is);
  }
}
