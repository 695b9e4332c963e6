package io.landfall.producer.nhl.stats;

/**
 * A strength on the ice seen from one team, as the column {@code situation} names it: both goalies
 * in and exactly so many own against so many opposing skaters. {@link #OTHER} is all the rest
 * (4-on-4, 3-on-3, two men short, an empty net, a penalty shot), {@link #ALL} the whole game.
 */
enum Situation {
  ALL("all"),
  FIVE_ON_FIVE("5on5"),
  FIVE_ON_FOUR("5on4"),
  FOUR_ON_FIVE("4on5"),
  OTHER("other");

  /** All five, in the order in which a skater's rows are emitted. */
  static final Situation[] EACH = values();

  /** Its place in arrays: what is counted is kept in arrays, for speed. */
  @SuppressWarnings("EnumOrdinal") // an array index, never stored
  final int index = ordinal();

  final String text;

  Situation(String text) {
    this.text = text;
  }

  /** The same seconds seen from the other team. */
  Situation opposite() {
    return switch (this) {
      case FIVE_ON_FOUR -> FOUR_ON_FIVE;
      case FOUR_ON_FIVE -> FIVE_ON_FOUR;
      case ALL, FIVE_ON_FIVE, OTHER -> this;
    };
  }
}
