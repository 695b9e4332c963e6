package io.landfall.producer.definition;

/** What is wrong with keys that are right one by one. */
final class Checks {

  private Checks() {}

  static void check(SourceKeys.Draft draft, Problems problems) {}
}
