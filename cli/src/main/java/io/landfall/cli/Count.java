package io.landfall.cli;

import java.util.Locale;

/** Numbers of things, in words that fit: 1 row, 2 rows, 1,308 rows. */
public final class Count {

  private Count() {}

  /** The number and its noun; the plural is the noun with an s. */
  public static String of(long number, String noun) {
    return of(number, noun, noun + "s");
  }

  /** The number and the form of the noun that goes with it. */
  public static String of(long number, String one, String many) {
    return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : many);
  }
}
