package io.landfall.sandbox.server;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The bytes of an answer, plain and gzipped; the form that is missing is made when asked for. */
public final class Body {

  public static final Body EMPTY = plain(new byte[0]);

  private byte @Nullable [] plain;
  private byte @Nullable [] gzip;

  private Body(byte @Nullable [] plain, byte @Nullable [] gzip) {
    this.plain = plain;
    this.gzip = gzip;
  }

  public static Body plain(byte[] bytes) {
    return new Body(bytes, null);
  }

  public static Body text(String text) {
    return plain(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @param bytes a complete gzip stream
   */
  public static Body gzipped(byte[] bytes) {
    return new Body(null, bytes);
  }

  public synchronized byte[] plain() {
    byte[] bytes = plain;
    if (bytes == null) {
      bytes = unzip(gzip);
      plain = bytes;
    }
    return bytes;
  }

  public synchronized byte[] gzip() {
    byte[] bytes = gzip;
    if (bytes == null) {
      bytes = zip(plain());
      gzip = bytes;
    }
    return bytes;
  }

  private static byte[] unzip(byte @Nullable [] bytes) {
    if (bytes == null) {
      throw new IllegalStateException("A body has at least one form");
    }
    try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("Not a complete gzip stream", e);
    }
  }

  private static byte[] zip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 8 + 64);
    try (var zip = new Fastest(out)) {
      zip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
    return out.toByteArray();
  }

  /** These answers are compressed for realism, not to save a loopback's bytes. */
  private static final class Fastest extends GZIPOutputStream {
    Fastest(ByteArrayOutputStream out) throws IOException {
      super(out, 4096);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
