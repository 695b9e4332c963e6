package io.landfall.producer.record;

import com.fasterxml.jackson.databind.JsonNode;
import io.landfall.producer.definition.FieldDefinition;
import io.landfall.producer.definition.FieldDefinition.As;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A value of JSON as a value of a column, or none where it does not fit: never another value.
 *
 * <ul>
 *   <li>text: a text, and a number or truth value as it is written; no list, no object, and nothing
 *       with half a surrogate pair, which JSON can write and UTF-8 cannot
 *   <li>int, long: a number without a fraction that is in range, however it is written: 2, 2.0, 2e3
 *   <li>double: a number that is not beyond its range, as the nearest double; not NaN
 *   <li>decimal: a number, or a text that is one and nothing else (JSON has no decimals, and money
 *       comes as text), of which no digit would be lost
 *   <li>boolean: true or false
 *   <li>timestamp: ISO 8601 with an offset, or a number of seconds or milliseconds since 1970;
 *       digits after the microseconds are cut off; from year 1 to 9999
 *   <li>date: ISO 8601, or a number of seconds or milliseconds that is midnight (UTC)
 *   <li>json: whatever it is, but for half a surrogate pair
 * </ul>
 */
final class Values {

  /** With a colon or without one, or hours alone. */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendPattern("[XXXXX][XXXX][X]")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");
  private static final BigDecimal MICROS_OF_A_SECOND = BigDecimal.valueOf(1_000_000);
  private static final BigDecimal MICROS_OF_A_MILLI = BigDecimal.valueOf(1_000);
  private static final long MICROS_OF_A_DAY = TimeUnit.DAYS.toMicros(1);

  /** More than a time of the year 9999 in microseconds has. */
  private static final int DIGITS_OF_A_TIME = 19;

  private final FieldDefinition.Type type;
  private final As as;

  Values(FieldDefinition.Type type, As as) {
    this.type = type;
    this.as = as;
  }

  /** Whether there is a value to be read. */
  static boolean isThere(JsonNode value) {
    return !value.isMissingNode() && !value.isNull();
  }

  /** The value that is there, as Avro has it; null where it does not fit. */
  @Nullable Object of(JsonNode value) {
    return switch (type.kind()) {
      case TEXT -> value.isValueNode() ? unicode(value.asText()) : null;
      case INT -> integer(value);
      case LONG -> longInteger(value);
      case DOUBLE -> real(value);
      case DECIMAL -> decimal(value);
      case BOOLEAN -> value.isBoolean() ? value.booleanValue() : null;
      case TIMESTAMP -> micros(value);
      case DATE -> day(value);
      case JSON -> unicode(value.toString());
    };
  }

  /** A text as it is; null where it is none, for half a character is not in UTF-8. */
  private static @Nullable String unicode(String text) {
    for (int each = 0; each < text.length(); each++) {
      if (Character.isSurrogate(text.charAt(each))) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text) ? text : null;
      }
    }
    return text;
  }

  private static @Nullable Integer integer(JsonNode value) {
    if (value.isInt()) {
      return value.intValue();
    }
    Long whole = longInteger(value);
    return whole == null || whole != whole.intValue() ? null : Integer.valueOf(whole.intValue());
  }

  private static @Nullable Long longInteger(JsonNode value) {
    if (value.isIntegralNumber()) {
      return value.canConvertToLong() ? value.longValue() : null;
    }
    BigDecimal number = number(value);
    return number == null ? null : whole(number);
  }

  /**
   * Of a number however large: what is beyond a long is told by its digits, without computing it.
   */
  private static @Nullable Long whole(BigDecimal number) {
    try {
      return number.longValueExact();
    } catch (ArithmeticException e) {
      return null;
    }
  }

  private static @Nullable Double real(JsonNode value) {
    if (!value.isNumber()) {
      return null;
    }
    double real = value.doubleValue();
    return Double.isFinite(real) ? real : null;
  }

  private @Nullable ByteBuffer decimal(JsonNode value) {
    BigDecimal number = value.isTextual() ? written(value.textValue()) : number(value);
    if (number == null) {
      return null;
    }
    BigDecimal shortest = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    if (shortest.scale() > type.scale()
        || (long) shortest.precision() - shortest.scale() > type.precision() - type.scale()) {
      return null;
    }
    return ByteBuffer.wrap(
        shortest.setScale(type.scale(), RoundingMode.UNNECESSARY).unscaledValue().toByteArray());
  }

  /** A number as JSON writes it; null for any other text. */
  private static @Nullable BigDecimal written(String text) {
    if (text.length() > 128) {
      return null;
    }
    int at = text.startsWith("-") ? 1 : 0;
    if (at == text.length() || text.charAt(at) < '0' || text.charAt(at) > '9') {
      return null;
    }
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable BigDecimal number(JsonNode value) {
    return value.isBigDecimal() || value.isIntegralNumber() ? value.decimalValue() : null;
  }

  private @Nullable Long micros(JsonNode value) {
    return switch (as) {
      case EPOCH_SECONDS -> since1970(value, MICROS_OF_A_SECOND);
      case EPOCH_MILLIS -> since1970(value, MICROS_OF_A_MILLI);
      case PLAIN, PRESENT -> value.isTextual() ? ofText(value.textValue()) : null;
    };
  }

  private static @Nullable Long since1970(JsonNode value, BigDecimal unit) {
    BigDecimal number = number(value);
    if (number == null || (long) number.precision() - number.scale() > DIGITS_OF_A_TIME) {
      return null;
    }
    // Digits that are far behind the point count for nothing, and cost nothing.
    BigDecimal micros = number.multiply(unit);
    Long whole = whole(micros.scale() <= 0 ? micros : micros.setScale(0, RoundingMode.FLOOR));
    return whole == null ? null : inRange(instant(whole));
  }

  private static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1_000L);
  }

  private static @Nullable Long ofText(String text) {
    try {
      return inRange(
          UtcTime.of(text).orElseGet(() -> OffsetDateTime.parse(text, TIME).toInstant()));
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static @Nullable Long inRange(Instant time) {
    return time.isBefore(FIRST) || time.isAfter(LAST)
        ? null
        : Long.valueOf(time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000);
  }

  private @Nullable Integer day(JsonNode value) {
    if (as == As.EPOCH_SECONDS || as == As.EPOCH_MILLIS) {
      Long micros = micros(value);
      return micros == null || micros % MICROS_OF_A_DAY != 0
          ? null
          : Integer.valueOf((int) (micros / MICROS_OF_A_DAY));
    }
    try {
      return value.isTextual() ? dayOf(LocalDate.parse(value.textValue())) : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static @Nullable Integer dayOf(LocalDate day) {
    Instant midnight = day.atStartOfDay(ZoneOffset.UTC).toInstant();
    return inRange(midnight) == null ? null : Integer.valueOf((int) day.toEpochDay());
  }
}
