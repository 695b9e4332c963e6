package io.landfall.sandbox.season;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Invented names of the kinds that real rosters have: accents, apostrophes, initials, variants.
 * They are in {@code names.csv}, with a column for each language that spells some of them
 * differently.
 */
final class Names {

  private static final List<Name> FIRST = read("first");
  private static final List<Name> STEMS = read("stem");
  private static final List<Name> ENDINGS = read("ending");
  private static final List<Name> UNUSUAL = read("last");

  private Names() {}

  static Name first(SeededRandom random) {
    return random.from(FIRST);
  }

  static Name last(SeededRandom random) {
    return random.chance(0.12)
        ? random.from(UNUSUAL)
        : Name.plain(random.from(STEMS).text() + random.from(ENDINGS).text());
  }

  private static List<Name> read(String kind) {
    return Csv.rows("names.csv", Row.class).stream()
        .filter(row -> row.kind().equals(kind))
        .map(Row::toName)
        .toList();
  }

  private record Row(String kind, String name, String cs, String fi, String sk, String sv) {
    Name toName() {
      Map<String, String> variants = new TreeMap<>(Map.of("cs", cs, "fi", fi, "sk", sk, "sv", sv));
      variants.values().removeIf(String::isEmpty);
      return new Name(name, variants);
    }
  }
}
