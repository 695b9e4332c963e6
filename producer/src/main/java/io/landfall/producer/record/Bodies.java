package io.landfall.producer.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.landfall.producer.source.JsonLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Optional;

/** How bodies are read: numbers exactly, and none that has a name twice. */
final class Bodies {

  /** What Java has no constants for. */
  private static final Charset UTF_16_BE = Charset.forName("UTF-16BE");

  private static final Charset UTF_16_LE = Charset.forName("UTF-16LE");
  private static final Charset UTF_32_BE = Charset.forName("UTF-32BE");
  private static final Charset UTF_32_LE = Charset.forName("UTF-32LE");

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonLimits.factoryOfRecords()
                  // NaN is no JSON, but some write it; read, it is a number that is not there.
                  .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private Bodies() {}

  /** For a body that comes from outside, from its beginning. */
  static JsonParser parser(byte[] utf8) throws IOException {
    return MAPPER
        .createParser(utf8)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature());
  }

  /** A piece of a body that was read to its end before. */
  static JsonNode tree(byte[] utf8, int from, int to) {
    try (JsonParser parser = MAPPER.createParser(utf8, from, to - from)) {
      return MAPPER.readTree(parser);
    } catch (IOException e) {
      throw new IllegalStateException(
          "A record that was passed over cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * A body in UTF-8, without a byte order mark.
   *
   * @throws UnusableBody if it is no text
   */
  static byte[] utf8(byte[] body) throws UnusableBody {
    Optional<String> notText = JsonLimits.notUtf8(ByteBuffer.wrap(body));
    if (notText.isPresent()) {
      throw new UnusableBody(notText.get());
    }
    if (body.length >= 3 && at(body, 0) == 0xEF && at(body, 1) == 0xBB && at(body, 2) == 0xBF) {
      return Arrays.copyOfRange(body, 3, body.length);
    }
    return charset(body).map(charset -> recoded(body, charset)).orElse(body);
  }

  private static byte[] recoded(byte[] body, Charset charset) {
    String text = new String(body, charset);
    return (text.startsWith("\uFEFF") ? text.substring(1) : text).getBytes(UTF_8);
  }

  /** That of JSON in UTF-16 or UTF-32, which begins with a mark or a character of ASCII. */
  private static Optional<Charset> charset(byte[] body) {
    if (body.length < 2) {
      return Optional.empty();
    }
    int first = at(body, 0);
    int second = at(body, 1);
    boolean wide = body.length >= 4 && at(body, 2) == 0 && at(body, 3) == 0;
    if (first == 0) {
      return Optional.of(second == 0 ? UTF_32_BE : UTF_16_BE);
    }
    if (first == 0xFE && second == 0xFF) {
      return Optional.of(UTF_16_BE);
    }
    if (second == 0 || (first == 0xFF && second == 0xFE)) {
      return Optional.of(wide ? UTF_32_LE : UTF_16_LE);
    }
    return Optional.empty();
  }

  private static int at(byte[] body, int index) {
    return body[index] & 0xFF;
  }
}
