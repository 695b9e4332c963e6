package io.landfall.producer.nhl.api;

import io.landfall.cli.Masked;
import io.landfall.producer.http.Answer;
import io.landfall.producer.nhl.stats.Endpoint;
import io.landfall.producer.nhl.stats.Endpoint.Format;
import io.landfall.producer.source.Held;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** What one endpoint gave for one game. */
sealed interface Part {

  /**
   * Something to keep.
   *
   * @param sha256 of the body, 64 hexadecimal digits
   */
  record Usable(Answer.Body body, String sha256) implements Part {}

  /** A good answer that says that there is nothing yet. */
  record Empty() implements Part {}

  /**
   * Nothing to keep.
   *
   * @param cause what kind of trouble it is
   */
  record Unusable(String reason, Cause cause, Optional<Instant> until) implements Part {

    /** Whether a request was sent at all. */
    boolean asked() {
      return cause != Cause.NOT_ASKED;
    }

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

  /** Weighs an answer; one that is held was weighed before. */
  static Part of(Endpoint endpoint, Answer answer, Held held) {
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
    if (!body.contentType().contains(endpoint.format().name().toLowerCase(Locale.ROOT))) {
      return broken(
          body, "Content-Type is \"%s\", not %s".formatted(body.contentType(), endpoint.format()));
    }
    String sha256 = sha256(body.bytes());
    return endpoint.format() == Format.HTML || held.has(endpoint.label(), sha256)
        ? new Usable(body, sha256)
        : json(endpoint, body, sha256);
  }

  private static Part json(Endpoint endpoint, Answer.Body body, String sha256) {
    try {
      WholeJson.check(body.bytes());
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      return broken(body, "the body is not whole JSON: " + message.lines().findFirst().orElse(""));
    }
    try {
      // An empty shift chart comes with status 200 and means "not yet".
      return endpoint == Endpoint.SHIFT_CHART && WholeJson.hasNothingIn(body.bytes(), "data")
          ? new Empty()
          : new Usable(body, sha256);
    } catch (IOException e) {
      throw new UncheckedIOException("The body was whole when it was checked", e);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
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
