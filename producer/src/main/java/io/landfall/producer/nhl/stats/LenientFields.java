package io.landfall.producer.nhl.stats;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Has a field of the wrong type cost itself: it is read as if it were not there, and added to the
 * {@link Oddities} of the reading. A number may stand as text, as it does now and then.
 */
final class LenientFields {

  private LenientFields() {}

  static SimpleModule module() {
    return new SimpleModule()
        .addDeserializer(int.class, new Whole(0))
        .addDeserializer(Integer.class, new Whole(null))
        .addDeserializer(Double.class, new Real())
        .addDeserializer(String.class, new Text());
  }

  /** Leaves out what stands where a value of another type should. */
  static void skip(JsonParser parser, DeserializationContext context) throws IOException {
    if (context.getAttribute(Oddities.class) instanceof Oddities odd) {
      odd.add(parser.getParsingContext().pathAsPointer().toString());
    }
    parser.skipChildren();
  }

  /** For objects and lists; an answer that is none itself is not forgiven. */
  static final class Structures extends DeserializationProblemHandler {

    @Override
    public @Nullable Object handleUnexpectedToken(
        DeserializationContext context,
        JavaType type,
        JsonToken token,
        JsonParser parser,
        String message)
        throws IOException {
      return skipped(parser, context);
    }

    @Override
    public @Nullable Object handleMissingInstantiator(
        DeserializationContext context,
        Class<?> type,
        ValueInstantiator instantiator,
        JsonParser parser,
        String message)
        throws IOException {
      return skipped(parser, context);
    }

    private static @Nullable Object skipped(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (isRoot(parser)) {
        return NOT_HANDLED;
      }
      skip(parser, context);
      return null;
    }

    private static boolean isRoot(JsonParser parser) {
      JsonStreamContext place = parser.getParsingContext();
      return place.inRoot()
          || (parser.currentToken().isStructStart() && place.getParent().inRoot());
    }
  }

  private static final class Whole extends StdScalarDeserializer<@Nullable Integer> {

    private final @Nullable Integer absent;

    Whole(@Nullable Integer absent) {
      super(Integer.class);
      this.absent = absent;
    }

    @Override
    public @Nullable Integer getNullValue(DeserializationContext context) {
      return absent;
    }

    @Override
    public @Nullable Integer deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      try {
        if (parser.hasToken(JsonToken.VALUE_NUMBER_INT)) {
          return parser.getIntValue();
        }
        if (parser.hasToken(JsonToken.VALUE_STRING)) {
          return Integer.valueOf(parser.getText().strip());
        }
        if (parser.hasToken(JsonToken.VALUE_NUMBER_FLOAT)
            && parser.getDoubleValue() == Math.rint(parser.getDoubleValue())) {
          return parser.getIntValue();
        }
      } catch (InputCoercionException | NumberFormatException e) {
        // No whole number, or none that fits: left out below, like anything else.
      }
      skip(parser, context);
      return absent;
    }
  }

  private static final class Real extends StdScalarDeserializer<@Nullable Double> {

    Real() {
      super(Double.class);
    }

    @Override
    public @Nullable Double deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      double value = value(parser);
      if (Double.isFinite(value)) {
        return value;
      }
      skip(parser, context);
      return null;
    }

    private static double value(JsonParser parser) throws IOException {
      try {
        if (parser.currentToken().isNumeric()) {
          return parser.getDoubleValue();
        }
        return parser.hasToken(JsonToken.VALUE_STRING)
            ? Double.parseDouble(parser.getText())
            : Double.NaN;
      } catch (NumberFormatException e) {
        return Double.NaN;
      }
    }
  }

  private static final class Text extends StdScalarDeserializer<@Nullable String> {

    Text() {
      super(String.class);
    }

    @Override
    public @Nullable String deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (parser.hasToken(JsonToken.VALUE_STRING) || parser.currentToken().isNumeric()) {
        return parser.getText();
      }
      skip(parser, context);
      return null;
    }
  }
}
