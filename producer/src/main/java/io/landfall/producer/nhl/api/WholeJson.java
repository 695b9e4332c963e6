package io.landfall.producer.nhl.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * Whether bytes are one whole JSON object, found without building it: bodies are kept, not read,
 * here.
 */
final class WholeJson {

  private static final JsonFactory JSON = new JsonFactory();

  private WholeJson() {}

  /**
   * Reads to the end.
   *
   * @throws IOException if the bytes are not one whole JSON object; it says where
   */
  static void check(byte[] bytes) throws IOException {
    try (JsonParser parser = JSON.createParser(bytes)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("the body is not a JSON object");
      }
      parser.skipChildren();
      if (parser.nextToken() != null) {
        throw new IOException("there is more after the JSON object");
      }
    }
  }

  /** Whether the object has a field of this name with an empty array, or none of that name. */
  static boolean hasNothingIn(byte[] bytes, String field) throws IOException {
    try (JsonParser parser = JSON.createParser(bytes)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = parser.currentName().equals(field);
        JsonToken value = parser.nextToken();
        if (wanted) {
          return value != JsonToken.START_ARRAY || parser.nextToken() == JsonToken.END_ARRAY;
        }
        parser.skipChildren();
      }
      return true;
    }
  }
}
