package io.landfall.producer.http;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Undoes what a Content-Encoding header says, within a limit for the size. */
final class ContentCoding {

  /** The two first bytes of gzip and its only method. No text begins like that. */
  private static final byte[] GZIP = {0x1f, (byte) 0x8b, 8};

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
    String said = String.join(", ", headers);
    List<String> codings = Arrays.asList(said.split(","));
    Collections.reverse(codings);
    byte[] bytes = body;
    for (String coding : codings) {
      bytes =
          switch (coding.split(";", 2)[0].strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> bytes;
            case "gzip", "x-gzip" -> unzippedAsSaid(said, bytes, limit);
            default -> throw new IOException("unknown Content-Encoding \"%s\"".formatted(said));
          };
    }
    return isGzip(bytes) && !MediaType.of(contentType).contains("gzip")
        ? unzipped(bytes, limit)
        : bytes;
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
    try (var in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      byte[] bytes = in.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw new IOException(
            "the body is larger than %d bytes when it is unpacked (%d bytes of gzip)"
                .formatted(limit, body.length));
      }
      return bytes;
    } catch (EOFException | ZipException e) {
      throw new IOException(
          "the gzip body of %d bytes is cut or broken: %s".formatted(body.length, e.getMessage()),
          e);
    }
  }
}
