package io.landfall.producer.rest.ask;

/** What a request needs to say who asks. */
sealed interface Permit {

  /** It is there. */
  record Given(KnownAs credentials) implements Permit {}

  /** It is not, and that is how the look ends. */
  record Withheld(Look.Ending ending) implements Permit {}
}
