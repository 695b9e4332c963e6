package io.landfall.consumer.columnar;

/**
 * Why a record's bytes are no row. Checked, because a record that nobody asks about is a lost row.
 */
public final class Undecodable extends Exception {
  Undecodable(String message) {
    super(message);
  }
}
