package io.landfall.producer.nhl.stats;

/** An answer that can never be used as it is; the message says why, with values. */
final class UnusableAnswer extends Exception {

  UnusableAnswer(String message) {
    super(message);
  }

  UnusableAnswer(String message, Throwable cause) {
    super(message, cause);
  }
}
