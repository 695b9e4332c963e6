package io.landfall.sandbox.season;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A part of a person's name.
 *
 * @param text as in English
 * @param variants other languages' spellings by language code; mostly empty
 */
public record Name(String text, Map<String, String> variants) {

  public Name {
    variants = Collections.unmodifiableMap(new TreeMap<>(variants)); // sorted: same bytes each run
  }

  static Name plain(String text) {
    return new Name(text, Map.of());
  }
}
