package io.landfall.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The name that somebody who wrote another one may have meant. */
public final class Closest {

  /** A beginning shorter than this is the beginning of too much. */
  private static final int BEGINNING = 3;

  /** In a shorter word than this a second mistake makes another word. */
  private static final int SHORT = 4;

  private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

  private Closest() {}

  /** " Did you mean …?", or nothing. */
  public static String hint(String written, Collection<String> names) {
    return to(written, names).map(" Did you mean %s?"::formatted).orElse("");
  }

  public static Optional<String> to(String written, Collection<String> names) {
    String word = bare(written);
    return names.stream()
        .filter(name -> isClose(word, bare(name)))
        .min(
            Comparator.<String>comparingInt(name -> DISTANCE.apply(word, bare(name)))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static boolean isClose(String word, String name) {
    if (word.isEmpty() || name.isEmpty()) {
      return false;
    }
    boolean begins =
        (word.length() >= BEGINNING && name.startsWith(word))
            || (name.length() >= BEGINNING && word.startsWith(name));
    int shorter = Math.min(word.length(), name.length());
    // Two letters that changed places count as two mistakes.
    int most = shorter < SHORT ? 1 : Math.max(2, shorter / 3);
    return begins || DISTANCE.apply(word, name) <= most;
  }

  /** How a name is written (hyphens, dots, capitals) is what is mistaken most. */
  private static String bare(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "");
  }
}
