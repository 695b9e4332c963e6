package io.landfall.consumer.verify;

import java.io.IOException;

/** The scratch folder takes no more, or gives back less. */
public final class ScratchFailure extends RuntimeException {

  private final IOException why;

  ScratchFailure(IOException why) {
    super(why);
    this.why = why;
  }

  public IOException why() {
    return why;
  }
}
