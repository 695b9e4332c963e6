package io.landfall.producer.source;

/**
 * How rows come of the API's answers: an item's rows stand and fall together ({@link Shaper}), or
 * each record is for itself, whichever item brings it ({@link RecordShaper}).
 */
public sealed interface Derivation permits Shaper, RecordShaper {

  /** The version of the derivation; it changes whenever the rows that it gives change. */
  String version();
}
