package io.landfall.producer.rest.ask;

import java.net.URI;
import java.util.Optional;

/** How a listing goes on after a page. */
sealed interface Next {

  /**
   * With another request.
   *
   * @param from the place of the cursor from which all is asked for anew, if that is what it does
   * @param kept whether the page has something to say
   */
  record Go(URI url, Optional<CursorValue> from, boolean kept) implements Next {
    Go(URI url) {
      this(url, Optional.empty(), true);
    }
  }

  /**
   * Not at all: the API said so.
   *
   * @param kept whether the page has more to say than that
   */
  record End(boolean kept) implements Next {}

  /** Nobody knows. */
  record Cut(String reason) implements Next {}
}
