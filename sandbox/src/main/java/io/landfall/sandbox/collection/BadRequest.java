package io.landfall.sandbox.collection;

/** What is wrong with a request; its message is the answer. */
final class BadRequest extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BadRequest(String message) {
    super(message);
  }
}
