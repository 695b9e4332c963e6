package io.landfall.producer.record;

/** The body of an answer in which no records can be found, and why, with values. */
public final class UnusableBody extends Exception {

  UnusableBody(String reason) {
    super(reason);
  }

  UnusableBody(String reason, Throwable cause) {
    super(reason, cause);
  }

  /** What is wrong, with values. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
