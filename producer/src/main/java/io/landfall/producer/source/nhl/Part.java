package io.landfall.producer.source.nhl;

import io.landfall.producer.source.http.Answer;
import io.landfall.program.Masked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;

/** What one endpoint gave for one game. */
sealed interface Part {

  /** Something to keep. */
  record Usable(Answer.Body body) implements Part {}

  /** A good answer that says that there is nothing yet. */
  record Empty() implements Part {}

  /**
   * Nothing to keep.
   *
   * @param cause what kind of trouble it is
   */
  record Unusable(String reason, Cause cause, Optional<Instant> until) implements Part {

    /** Whether another try may well bring it. */
    boolean mayPass() {
      return cause != Cause.REFUSED;
    }
  }

  /** Why there is nothing to keep. */
  enum Cause {
    /** The API says that there is no such thing, or not for us. */
    REFUSED,
    /** No answer, an error, or one that cannot be used. */
    FAILED,
    /** No request was sent. */
    NOT_ASKED
  }

  /** Weighs an answer. */
  static Part of(Endpoint endpoint, Answer answer) {
    if (answer instanceof Answer.Failed failed) {
      return new Unusable(failed.reason(), Cause.FAILED, failed.until());
    }
    if (answer instanceof Answer.Refused refused) {
      return new Unusable(refused.reason(), Cause.REFUSED, Optional.empty());
    }
    if (answer instanceof Answer.NotAsked notAsked) {
      return new Unusable(notAsked.reason(), Cause.NOT_ASKED, Optional.empty());
    }
    Answer.Body body = (Answer.Body) answer;
    if (!body.contentType().contains(endpoint.contentType())) {
      return broken(
          body,
          "Content-Type is \"%s\", not %s"
              .formatted(body.contentType(), endpoint.isJson() ? "JSON" : "HTML"));
    }
    return endpoint.isJson() ? json(endpoint, body) : new Usable(body);
  }

  private static Part json(Endpoint endpoint, Answer.Body body) {
    try {
      WholeJson.check(body.bytes());
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      return broken(body, "the body is not whole JSON: " + message.lines().findFirst().orElse(""));
    }
    try {
      // An empty shift chart comes with status 200 and means "not yet".
      return endpoint == Endpoint.SHIFTCHARTS && WholeJson.hasNothingIn(body.bytes(), "data")
          ? new Empty()
          : new Usable(body);
    } catch (IOException e) {
      throw new UncheckedIOException("The body was whole when it was checked", e);
    }
  }

  private static Unusable broken(Answer.Body body, String why) {
    return new Unusable(
        "GET %s: %s (%d bytes)"
            .formatted(Masked.urls(body.url().toString()), why, body.bytes().length),
        Cause.FAILED,
        Optional.empty());
  }
}
