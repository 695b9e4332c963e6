package io.landfall.producer.rest.ask;

import java.net.URI;

/** How a listing goes on after a page. */
sealed interface Next {

  /** With another request. */
  record Go(URI url) implements Next {}

  /**
   * Not at all: the API said so.
   *
   * @param kept whether the page has more to say than that
   */
  record End(boolean kept) implements Next {}

  /** Nobody knows. */
  record Cut(String reason) implements Next {}
}
