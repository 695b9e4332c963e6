package io.landfall.producer.rest;

import io.landfall.producer.rest.ask.Look;
import io.landfall.producer.rest.ask.Question;

/** An API that is asked. Safe for use by several threads. */
interface Looks {

  /** Asks until the API ends what is asked for, or something else does. */
  Look look(Question question) throws InterruptedException;
}
