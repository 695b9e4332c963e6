package io.landfall.producer.rest.ask;

import java.net.URI;
import java.util.Optional;

/** The way from page to page. */
interface Walk {

  URI first();

  Next after(PageRead page);

  /** Whether the next look can go on from the highest cursor that has come. */
  default boolean mayPause() {
    return true;
  }

  /** What validates all that this walk saw since it last began anew; empty if nothing does. */
  Optional<String> validator();

  /** How many records the API says there are, where it does. */
  Optional<Long> total();
}
