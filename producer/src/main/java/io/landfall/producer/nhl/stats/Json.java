package io.landfall.producer.nhl.stats;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.landfall.producer.source.JsonLimits;
import io.landfall.schemas.ApiAnswer;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer's JSON into a record; fields that the record does not name are skipped, and those
 * of the wrong type are left out.
 *
 * @param <T> the record
 */
final class Json<T> {

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonLimits.factory()
                  // NaN is no JSON, but some write it; read, it is a number that is not there.
                  .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                  .build())
          .annotationIntrospector(new Skipping())
          .addModule(LenientFields.module())
          .addHandler(new LenientFields.Structures())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * Has what no record names skipped at once. Jackson's feature for that keeps it until the record
   * is made, in case that somebody asks: a third of the time.
   */
  private static final class Skipping extends JacksonAnnotationIntrospector {
    @Override
    public JsonIgnoreProperties.Value findPropertyIgnoralByName(
        MapperConfig<?> config, Annotated annotated) {
      return JsonIgnoreProperties.Value.forIgnoreUnknown(true);
    }
  }

  private final Class<T> type;
  private final ObjectReader reader;

  /** Takes no object that has a name twice: which of the two is meant, nobody knows. */
  private final ObjectReader strict;

  private Json(Class<T> type) {
    this.type = type;
    this.reader = MAPPER.readerFor(type);
    this.strict = reader.with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
  }

  static <T> Json<T> of(Class<T> type) {
    return new Json<>(type);
  }

  T read(ApiAnswer response) throws UnusableAnswer {
    return read(response, new Oddities("fields not as the API has them"), false);
  }

  /**
   * Reads an answer.
   *
   * @param odd to be told of the fields that are left out
   * @param isNew whether it comes from outside and not from the archive, so that it may still be
   *     refused
   */
  T read(ApiAnswer response, Oddities odd, boolean isNew) throws UnusableAnswer {
    ByteBuffer body = response.getBody();
    try {
      ObjectReader chosen = isNew ? strict : reader;
      T value = readBytes(body, chosen.withAttribute(Oddities.class, odd));
      if (value == null) {
        throw new UnusableAnswer(
            "The %s answer is the JSON value null, not an object"
                .formatted(response.getEndpoint()));
      }
      return value;
    } catch (JsonMappingException e) {
      throw new UnusableAnswer(
          "The %s answer (%d bytes) is not as the API has it, at %s: %s"
              .formatted(
                  response.getEndpoint(),
                  body.remaining(),
                  e.getPathReference().replaceAll("io\\.landfall[\\w.]*\\.|java\\.[\\w.]*\\.", ""),
                  e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw new UnusableAnswer(
          "The %s answer (%d bytes) is no JSON: %s"
              .formatted(response.getEndpoint(), body.remaining(), e.getMessage()),
          e);
    }
  }

  private @Nullable T readBytes(ByteBuffer body, ObjectReader lenient) throws IOException {
    if (body.hasArray()) {
      int from = body.arrayOffset() + body.position();
      return lenient.readValue(body.array(), from, body.remaining(), type);
    }
    byte[] bytes = new byte[body.remaining()];
    body.duplicate().get(bytes);
    return lenient.readValue(bytes, type);
  }

  /** A localised text: an object with {@code default}, or the plain string of autumn 2023. */
  static final class Localised extends JsonDeserializer<@Nullable String> {

    @Override
    public @Nullable String deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (parser.hasToken(JsonToken.START_ARRAY)) {
        LenientFields.skip(parser, context);
        return null;
      }
      if (!parser.hasToken(JsonToken.START_OBJECT)) {
        return parser.getValueAsString();
      }
      String text = null;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean chosen = parser.currentName().equals("default");
        if (parser.nextToken() == JsonToken.VALUE_STRING && chosen) {
          text = parser.getText();
        } else {
          parser.skipChildren();
        }
      }
      return text;
    }
  }
}
