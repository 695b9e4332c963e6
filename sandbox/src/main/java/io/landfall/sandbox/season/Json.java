package io.landfall.sandbox.season;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Writes one answer; what the API writes in many places is here once. */
final class Json {

  private static final JsonFactory FACTORY = new JsonFactory();

  /** Writes an answer's content. */
  interface Content {
    void write(JsonGenerator out) throws IOException;
  }

  private Json() {}

  static byte[] bytes(int expected, Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(expected);
    try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
      content.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  /** A text that comes in several languages. */
  static void localised(JsonGenerator out, String field, String text, Map<String, String> variants)
      throws IOException {
    out.writeObjectFieldStart(field);
    out.writeStringField("default", text);
    for (Map.Entry<String, String> variant : variants.entrySet()) {
      out.writeStringField(variant.getKey(), variant.getValue());
    }
    out.writeEndObject();
  }

  static void localised(JsonGenerator out, String field, Name name) throws IOException {
    localised(out, field, name.text(), name.variants());
  }

  static void localised(JsonGenerator out, String field, String text) throws IOException {
    localised(out, field, text, Map.of());
  }

  /** MM:SS; after a hundred minutes, as a goalie has them in a third overtime, MMM:SS. */
  static String clock(int seconds) {
    return seconds < CLOCKS.length ? CLOCKS[seconds] : text(seconds);
  }

  private static final String[] CLOCKS = clocks();

  private static String[] clocks() {
    String[] texts = new String[100 * 60];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = text(i);
    }
    return texts;
  }

  private static String text(int seconds) {
    return "" + seconds / 600 + seconds / 60 % 10 + ':' + seconds % 60 / 10 + seconds % 10;
  }
}
