package io.landfall.producer.http;

import io.landfall.cli.Masked;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.Optional;

/** What a request came to, after all tries, whatever its status means. */
public sealed interface Reply {

  private static String told(String reason) {
    // Cut before it is masked too: looking for secrets in a long text takes long.
    String masked = Masked.text(cut(reason, 4 * Answer.LONGEST_REASON));
    return cut(masked, Answer.LONGEST_REASON);
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest) + "…";
  }

  /** An answer of any status that does not pass. */
  final class Came implements Reply {
    private final URI url;
    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;
    private final Instant sentAt;
    private final Instant receivedAt;

    Came(
        URI url, int status, HttpHeaders headers, byte[] body, Instant sentAt, Instant receivedAt) {
      this.url = url;
      this.status = status;
      this.headers = headers;
      this.body = body;
      this.sentAt = sentAt;
      this.receivedAt = receivedAt;
    }

    /** Where it came from, after redirects; without credentials. */
    public URI url() {
      return url;
    }

    public int status() {
      return status;
    }

    public HttpHeaders headers() {
      return headers;
    }

    /** The body after content decoding; not to be changed. */
    public byte[] body() {
      return body;
    }

    /** When the try that it answers was sent. */
    public Instant sentAt() {
      return sentAt;
    }

    public Instant receivedAt() {
      return receivedAt;
    }
  }

  /**
   * A redirect that is not followed.
   *
   * @param reason with the URL and where it was to lead
   */
  record Astray(String reason) implements Reply {
    public Astray {
      reason = told(reason);
    }
  }

  /**
   * No usable answer: a status that passes, a timeout, a broken connection, too large a body.
   *
   * @param reason with the URL and the last try's failure
   * @param until when the API asked to come back, if it did
   * @param beyondLimit whether it is more than is taken of anybody: asked for again, it would come
   *     again
   */
  record Failed(String reason, Optional<Instant> until, boolean beyondLimit) implements Reply {
    public Failed {
      reason = told(reason);
    }
  }

  /**
   * No request was sent.
   *
   * @param reason with the URL and what stood in the way
   */
  record NotAsked(String reason) implements Reply {
    public NotAsked {
      reason = told(reason);
    }
  }
}
