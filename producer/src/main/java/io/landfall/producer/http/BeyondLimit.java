package io.landfall.producer.http;

import java.io.IOException;

/** An answer that is more than is taken of anybody; asked for again, it would come again. */
final class BeyondLimit extends IOException {

  BeyondLimit(String message) {
    super(message);
  }
}
