package io.landfall.producer.http;

import io.landfall.cli.Masked;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/** What asking for one URL came to, after all tries. */
public sealed interface Answer {

  /** Characters of a reason: it is kept for each item, and what it quotes came from outside. */
  int LONGEST_REASON = 1000;

  private static String told(String reason) {
    // Cut before it is masked too: looking for URLs in a long text takes long.
    String masked = Masked.urls(cut(reason, 4 * LONGEST_REASON));
    return cut(masked, LONGEST_REASON);
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest) + "…";
  }

  /** Status 200 and a whole body. */
  final class Body implements Answer {
    private final URI url;
    private final String contentType;
    private final byte[] bytes;
    private final Instant receivedAt;

    Body(URI url, String contentType, byte[] bytes, Instant receivedAt) {
      this.url = url;
      this.contentType = contentType;
      this.bytes = bytes;
      this.receivedAt = receivedAt;
    }

    /** The URL that was asked. */
    public URI url() {
      return url;
    }

    /** The Content-Type header, empty if there was none. */
    public String contentType() {
      return contentType;
    }

    /** The body after content decoding; not to be changed. */
    public byte[] bytes() {
      return bytes;
    }

    /**
     * Why this is not what was expected; empty if it may be, and then its content will tell. Where
     * no header says what it is, how it begins does.
     */
    public Optional<String> unlike(MediaType expected) {
      if (!MediaType.saysNothing(contentType)) {
        return expected.isSaidBy(contentType)
            ? Optional.empty()
            : Optional.of("Content-Type is \"%s\", not %s".formatted(contentType, expected));
      }
      return expected.isHowItBegins(bytes)
          ? Optional.empty()
          : Optional.of(
              "%s, and the body does not begin like %s"
                  .formatted(
                      contentType.isBlank()
                          ? "there is no Content-Type"
                          : "Content-Type is \"%s\"".formatted(contentType),
                      expected));
    }

    public Instant receivedAt() {
      return receivedAt;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Body that
          && url.equals(that.url)
          && contentType.equals(that.contentType)
          && Arrays.equals(bytes, that.bytes)
          && receivedAt.equals(that.receivedAt);
    }

    @Override
    public int hashCode() {
      return Objects.hash(url, contentType, Arrays.hashCode(bytes), receivedAt);
    }
  }

  /**
   * The API says no, and would say it again: there is no such thing, or it is not for us.
   *
   * @param reason with the URL and the status
   */
  record Refused(String reason) implements Answer {
    public Refused {
      // It is logged, shown and kept in the ledger.
      reason = told(reason);
    }
  }

  /**
   * No usable answer: an error status, a timeout, a broken connection, too large a body.
   *
   * @param reason with the URL and the last try's failure
   * @param until when the API asked to come back, if it did
   * @param again whether it may pass when it is asked for again at once; what is beyond a limit
   *     would come again
   */
  record Failed(String reason, Optional<Instant> until, boolean again) implements Answer {
    public Failed {
      reason = told(reason);
    }

    public Failed(String reason, Optional<Instant> until) {
      this(reason, until, true);
    }
  }

  /**
   * No request was sent for this URL.
   *
   * @param reason with the URL and what stood in the way
   */
  record NotAsked(String reason) implements Answer {
    public NotAsked {
      reason = told(reason);
    }
  }
}
