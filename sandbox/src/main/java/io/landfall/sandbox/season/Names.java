package io.landfall.sandbox.season;

import java.util.List;
import java.util.Map;

/** Invented names of the kinds that real rosters have: accents, apostrophes, initials, variants. */
final class Names {

  private static final List<Name> FIRST =
      List.of(
          plain("Adam"),
          plain("Alexis"),
          plain("Ben"),
          plain("Callum"),
          plain("Cole"),
          plain("Damian"),
          plain("Dylan"),
          plain("Elias"),
          plain("Emil"),
          plain("Evan"),
          plain("Felix"),
          plain("Gabriel"),
          plain("Henrik"),
          plain("Ivan"),
          plain("Jack"),
          plain("Jake"),
          plain("Jordan"),
          plain("Kirill"),
          plain("Lars"),
          plain("Leo"),
          plain("Logan"),
          plain("Luke"),
          plain("Marcus"),
          plain("Mason"),
          plain("Mikko"),
          plain("Nick"),
          plain("Noah"),
          plain("Oliver"),
          plain("Oskar"),
          plain("Owen"),
          plain("Pavel"),
          plain("Quinn"),
          plain("Ryan"),
          plain("Sam"),
          plain("Tyler"),
          plain("Victor"),
          plain("William"),
          plain("Zach"),
          plain("J.J."),
          plain("T.J."),
          plain("Jean-Luc"),
          plain("Pierre-Olivier"),
          plain("André"),
          plain("Jérémie"),
          varied("Tomas", Map.of("cs", "Tomáš", "sk", "Tomáš")),
          varied("Simon", Map.of("cs", "Šimon", "sk", "Šimon")),
          varied("Alexander", Map.of("cs", "Alexandr", "fi", "Aleksandr", "sk", "Alexandr")),
          varied("Jiri", Map.of("cs", "Jiří", "sk", "Jiří")));

  private static final List<String> STEMS =
      List.of(
          "Ander", "Bel", "Birk", "Brand", "Carl", "Clark", "Dal", "Ekl", "Fair", "Falk", "Gard",
          "Grav", "Hall", "Hart", "Holm", "Kess", "Kirk", "Land", "Lind", "Lund", "Mar", "Mel",
          "Nor", "Nyl", "Ost", "Pal", "Ped", "Quin", "Rask", "Ridd", "Sand", "Stav", "Sund", "Tav",
          "Thor", "Ull", "Vest", "Wald", "West", "Wik");
  private static final List<String> ENDINGS =
      List.of(
          "son", "berg", "man", "ers", "sen", "gren", "ley", "quist", "ov", "ski", "strom", "ton",
          "well", "vik", "nen", "eau", "ard", "field", "ick", "dahl");
  private static final List<Name> UNUSUAL =
      List.of(
          plain("O'Grady"),
          plain("D'Arcy-Roy"),
          plain("St. Clair"),
          plain("van der Meer"),
          plain("Lafrenière-Dubé"),
          plain("Bélanger"),
          plain("Müller"),
          plain("Åkesson"),
          varied("Novak", Map.of("cs", "Novák", "sk", "Novák")),
          varied("Sjoberg", Map.of("fi", "Sjöberg", "sv", "Sjöberg")),
          varied("Kopecky", Map.of("cs", "Kopecký", "sk", "Kopecký")),
          varied("Hamalainen", Map.of("fi", "Hämäläinen", "sv", "Hämäläinen")));

  private Names() {}

  static Name first(Draw draw) {
    return draw.from(FIRST);
  }

  static Name last(Draw draw) {
    return draw.chance(0.12)
        ? draw.from(UNUSUAL)
        : Name.plain(draw.from(STEMS) + draw.from(ENDINGS));
  }

  private static Name plain(String text) {
    return Name.plain(text);
  }

  private static Name varied(String text, Map<String, String> variants) {
    return new Name(text, variants);
  }
}
