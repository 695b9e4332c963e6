package io.landfall.producer.rest.ask;

import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What one look came to.
 *
 * @param pages that can be used, in the order in which they came, whatever the end; one that only
 *     says that there is no more is not among them
 * @param askedAt when the first request was sent, the try that was answered; the time of the look
 *     where none was
 * @param dated what the API's clock said in its first answer, if it said so
 * @param highest the highest cursor of all records, where changes were asked for
 * @param validator what asks next time whether anything is new; empty where the API gave none, or
 *     what it gave stands for a part only
 * @param total how many records the API says there are, if it does
 */
public record Look(
    List<Page> pages,
    Instant askedAt,
    Optional<Instant> dated,
    Optional<CursorValue> highest,
    Optional<String> validator,
    Optional<Long> total,
    Ending ending) {

  public Look {
    pages = List.copyOf(pages);
  }

  /** An answer that can be used. */
  public static final class Page {
    private final int number;
    private final URI url;
    private final int status;
    private final String contentType;
    private final Map<String, String> headers;
    private final byte[] body;
    private final Instant receivedAt;
    private final int records;

    Page(
        int number,
        URI url,
        int status,
        String contentType,
        Map<String, String> headers,
        byte[] body,
        Instant receivedAt,
        int records) {
      this.number = number;
      this.url = url;
      this.status = status;
      this.contentType = contentType;
      this.headers = Map.copyOf(headers);
      this.body = body;
      this.receivedAt = receivedAt;
      this.records = records;
    }

    /** {@code page-1} and so on. */
    public String endpoint() {
      return "page-" + number;
    }

    /** The URL that was asked, with {@code ***} for what is secret. */
    public URI url() {
      return url;
    }

    public int status() {
      return status;
    }

    /** The Content-Type header, empty if there was none. */
    public String contentType() {
      return contentType;
    }

    /** ETag, Date and Link, where there were such, with {@code ***} for what is secret. */
    public Map<String, String> headers() {
      return headers;
    }

    /** As it came, after content decoding; not to be changed. */
    public byte[] body() {
      return body;
    }

    public Instant receivedAt() {
      return receivedAt;
    }

    /** How many it has. */
    public int records() {
      return records;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Page that
          && number == that.number
          && url.equals(that.url)
          && status == that.status
          && contentType.equals(that.contentType)
          && headers.equals(that.headers)
          && Arrays.equals(body, that.body)
          && receivedAt.equals(that.receivedAt)
          && records == that.records;
    }

    @Override
    public int hashCode() {
      return Objects.hash(number, url, status, Arrays.hashCode(body), receivedAt);
    }

    @Override
    public String toString() {
      return "%s (status %d, %,d bytes, %,d records)".formatted(url, status, body.length, records);
    }
  }

  /** How a look ended. Each reason has the request and values, and no secret. */
  public sealed interface Ending {

    /** The API said that this is all. */
    record Whole() implements Ending {}

    /** There is more, and as many bytes came as one look may have: the next one goes on there. */
    record Filled(String reason) implements Ending {}

    /**
     * There may be more: what is not there says nothing.
     *
     * @param until when the API asked to come back, if that is why
     */
    record CutShort(String reason, Optional<Instant> until) implements Ending {
      CutShort(String reason) {
        this(reason, Optional.empty());
      }
    }

    /** Nothing is new since the look that gave the validator. */
    record Unchanged() implements Ending {}

    /** There is nothing, or nothing yet, and the API said so. */
    record Empty() implements Ending {}

    /** There was something, and it is gone for good. */
    record Gone(String reason) implements Ending {}

    /** It is too much at once: for the API, or larger than a body may be. */
    record Split(String reason) implements Ending {}

    /** No, and the API would say so again. */
    record Refused(String reason) implements Ending {}

    /**
     * Not now.
     *
     * @param until when the API asked to come back, if it did
     */
    record Later(String reason, Optional<Instant> until) implements Ending {}

    /** No request was sent, because others had failed. */
    record NotAsked(String reason) implements Ending {}

    /** No, and to whatever else is asked too: nobody should ask on. */
    record Stop(String reason) implements Ending {}
  }
}
