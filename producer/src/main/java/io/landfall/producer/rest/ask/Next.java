package io.landfall.producer.rest.ask;

import java.net.URI;
import java.util.Optional;

/** How a listing goes on after a page. */
sealed interface Next {

  /**
   * With another request.
   *
   * @param back the place of the cursor from which all is read once more, if that is what it does
   */
  record Go(URI url, Optional<CursorValue> back) implements Next {
    Go(URI url) {
      this(url, Optional.empty());
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
