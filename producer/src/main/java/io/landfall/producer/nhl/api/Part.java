package io.landfall.producer.nhl.api;

import io.landfall.cli.Masked;
import io.landfall.producer.http.Answer;
import io.landfall.producer.http.MediaType;
import io.landfall.producer.nhl.stats.Endpoint;
import io.landfall.producer.nhl.stats.ParsedAnswer;
import io.landfall.producer.source.Held;
import io.landfall.schemas.ApiAnswer;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/** What one endpoint gave for one game. */
sealed interface Part {

  /** Something to keep. */
  record Usable(ParsedAnswer answer) implements Part {}

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
    Optional<String> unlike = body.unlike(expected(endpoint));
    if (unlike.isPresent()) {
      return broken(body, unlike.get());
    }
    ParsedAnswer parsed = new ParsedAnswer(endpoint, answer(endpoint, body));
    if (held.has(endpoint.label(), parsed.answer().getSha256())) {
      return new Usable(parsed);
    }
    Optional<String> refused =
        parsed
            .beyondLimit()
            .map(why -> "the body is not read: " + why)
            .or(() -> parsed.broken().map(why -> "the body is not whole JSON: " + why));
    if (refused.isPresent()) {
      return broken(body, refused.get());
    }
    // An empty shift chart comes with status 200 and means "not yet".
    return parsed.isEmpty() ? new Empty() : new Usable(parsed);
  }

  private static MediaType expected(Endpoint endpoint) {
    return switch (endpoint.format()) {
      case JSON -> MediaType.JSON;
      case HTML -> MediaType.HTML;
    };
  }

  private static ApiAnswer answer(Endpoint endpoint, Answer.Body body) {
    return new ApiAnswer(
        endpoint.label(),
        Masked.urls(body.url().toString()),
        200,
        body.contentType(),
        body.receivedAt(),
        sha256(body.bytes()),
        ByteBuffer.wrap(body.bytes()));
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
