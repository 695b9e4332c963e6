package io.landfall.producer.http;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Undoes what a Content-Encoding header says, within a limit for the size. */
final class ContentCoding {

  /** The two first bytes of gzip and its only method. No text begins like that. */
  private static final byte[] GZIP = {0x1f, (byte) 0x8b, 8};

  /** The most codings of one body, one upon the other; nobody needs a second. */
  static final int MOST_CODINGS = 3;

  /** The most members of one gzip body that hold nothing, one after the other. */
  static final int MOST_EMPTY_MEMBERS = 100;

  /** The most bytes that one byte of gzip may become; answers of an API are at 5 to 30. */
  static final int MOST_TIMES = 300;

  /** A body up to this size may be anything: an empty page of a thousand blanks is no bomb. */
  static final int SMALL = 256 * 1024;

  private static final int SHOWN = 100;

  private ContentCoding() {}

  /**
   * The body as its sender had it. One that is gzip without a header that says so is unpacked too:
   * a server or a cache on the way forgot the header.
   *
   * @param headers each Content-Encoding header: a list of codings in the order they were applied
   * @param limit in bytes, for the body and for each step on the way to it
   * @throws IOException if it is not what the header says, is broken, or is larger than the limit
   */
  static byte[] undone(List<String> headers, String contentType, byte[] body, int limit)
      throws IOException {
    String all = String.join(", ", headers);
    String said = all.length() <= SHOWN ? all : all.substring(0, SHOWN) + "…";
    List<String> codings = codings(all);
    if (codings.size() > MOST_CODINGS) {
      throw new BeyondLimit(
          "Content-Encoding is \"%s\": %d codings, more than %d"
              .formatted(said, codings.size(), MOST_CODINGS));
    }
    Collections.reverse(codings);
    byte[] bytes = body;
    for (String coding : codings) {
      bytes =
          switch (coding) {
            case "gzip", "x-gzip" -> unzippedAsSaid(said, bytes, limit);
            default -> throw new IOException("unknown Content-Encoding \"%s\"".formatted(said));
          };
    }
    return isGzip(bytes) && !MediaType.of(contentType).contains("gzip")
        ? unzipped(bytes, limit)
        : bytes;
  }

  /** Without those that change nothing. */
  private static List<String> codings(String said) {
    return Arrays.stream(said.split(","))
        .map(coding -> coding.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
        .filter(coding -> !coding.isEmpty() && !coding.equals("identity"))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static byte[] unzippedAsSaid(String said, byte[] body, int limit) throws IOException {
    if (!isGzip(body)) {
      throw new IOException(
          "Content-Encoding is \"%s\", but the body is not gzip (%d bytes)"
              .formatted(said, body.length));
    }
    return unzipped(body, limit);
  }

  private static boolean isGzip(byte[] body) {
    return body.length >= GZIP.length && Arrays.equals(body, 0, GZIP.length, GZIP, 0, GZIP.length);
  }

  private static byte[] unzipped(byte[] body, int limit) throws IOException {
    try (var in = new Members(body)) {
      byte[] bytes = in.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw new BeyondLimit(
            "the body is larger than %d bytes when it is unpacked (%d bytes of gzip)"
                .formatted(limit, body.length));
      }
      if (bytes.length > SMALL && bytes.length / MOST_TIMES >= body.length) {
        throw new BeyondLimit(
            "the body is %d bytes when it is unpacked, more than %d times its %d bytes of gzip"
                .formatted(bytes.length, MOST_TIMES, body.length));
      }
      return bytes;
    } catch (EOFException | ZipException e) {
      throw new IOException(
          "the gzip body of %d bytes is cut or broken: %s".formatted(body.length, e.getMessage()),
          e);
    }
  }

  /**
   * Reads one member after the other. For each that is empty the JDK's own stream calls itself once
   * more, so that many of them would use up the stack.
   */
  private static final class Members extends GZIPInputStream {

    private int inARow;

    Members(byte[] body) throws IOException {
      super(new ByteArrayInputStream(body));
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (inARow > MOST_EMPTY_MEMBERS) {
        throw new BeyondLimit(
            "the gzip body has more than %d members with nothing in them"
                .formatted(MOST_EMPTY_MEMBERS));
      }
      inARow++;
      try {
        return super.read(bytes, offset, length);
      } finally {
        inARow--;
      }
    }
  }
}
