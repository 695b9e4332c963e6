package io.landfall.producer.shape.nhl;

/** Collects what the proofs compared, for docs/accuracy.md. */
final class AccuracyReport {
  private AccuracyReport() {}

  static synchronized void add(
      String proof, String unit, int compared, int different, String where) {
    System.out.printf("%s | %s | %d %s | %d different%n", proof, where, compared, unit, different);
  }
}
