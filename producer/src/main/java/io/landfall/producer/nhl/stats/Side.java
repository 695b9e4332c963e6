package io.landfall.producer.nhl.stats;

/** One of the two teams of a game. */
enum Side {
  AWAY,
  HOME;

  /** Its place in arrays: what is counted is kept in arrays, for speed. */
  @SuppressWarnings("EnumOrdinal") // an array index, never stored
  final int index = ordinal();

  Side other() {
    return this == HOME ? AWAY : HOME;
  }
}
