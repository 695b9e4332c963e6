package io.landfall.producer.nhl.stats;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.landfall.producer.source.JsonLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Whether bytes are one whole JSON object, found without building it. */
final class WholeJson {

  private static final JsonFactory JSON =
      JsonLimits.factory()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private WholeJson() {}

  /** Why a body is not one whole JSON object, and where; empty if it is. */
  static Optional<String> problem(ByteBuffer body) {
    try (JsonParser parser =
        JSON.createParser(body.array(), body.arrayOffset() + body.position(), body.remaining())) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.of("the body is not a JSON object");
      }
      parser.skipChildren();
      return parser.nextToken() == null
          ? Optional.empty()
          : Optional.of("there is more after the JSON object");
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }
}
