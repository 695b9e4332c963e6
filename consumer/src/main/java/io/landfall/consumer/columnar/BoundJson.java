package io.landfall.consumer.columnar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.FloatNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/**
 * A bound as Delta's statistics write it. A bound that JSON or Delta's text forms cannot hold is
 * none, and one that they hold in part only is rounded away from the values.
 */
final class BoundJson {

  /** Code points of a text that are told; Delta itself keeps as many. */
  private static final int LONGEST_TEXT = 32;

  private static final long MICROS = 1_000;

  /** Delta's own: milliseconds, and no year that has not four digits. */
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

  private static final int LAST_YEAR = 9999;

  private BoundJson() {}

  /** At or below the value. */
  static Optional<JsonNode> lower(PrimitiveType type, Comparable<?> value) {
    return json(type, value, false);
  }

  /** At or above the value. */
  static Optional<JsonNode> upper(PrimitiveType type, Comparable<?> value) {
    return json(type, value, true);
  }

  private static Optional<JsonNode> json(PrimitiveType type, Comparable<?> value, boolean up) {
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
      return Optional.of(DecimalNode.valueOf(new BigDecimal(unscaled(value), decimal.getScale())));
    }
    if (logical instanceof StringLogicalTypeAnnotation) {
      return text(((Binary) value).toStringUsingUTF8(), up);
    }
    if (logical instanceof DateLogicalTypeAnnotation) {
      return date(LocalDate.ofEpochDay((Integer) value));
    }
    if (logical instanceof TimestampLogicalTypeAnnotation) {
      return timestamp((Long) value, up);
    }
    return number(value);
  }

  private static BigInteger unscaled(Comparable<?> value) {
    return value instanceof Binary binary
        ? new BigInteger(binary.getBytes())
        : BigInteger.valueOf(((Number) value).longValue());
  }

  private static Optional<JsonNode> text(String value, boolean up) {
    if (value.codePointCount(0, value.length()) <= LONGEST_TEXT) {
      return Optional.of(TextNode.valueOf(value));
    }
    int cut = value.offsetByCodePoints(0, LONGEST_TEXT);
    String prefix = value.substring(0, cut);
    if (!up) {
      return Optional.of(TextNode.valueOf(prefix));
    }
    // The prefix and the last code point of all is beyond each text with that prefix, but those
    // that go on with just this code point.
    return value.codePointAt(cut) == Character.MAX_CODE_POINT
        ? Optional.empty()
        : Optional.of(TextNode.valueOf(prefix + Character.toString(Character.MAX_CODE_POINT)));
  }

  private static Optional<JsonNode> date(LocalDate day) {
    return isTold(day.getYear()) ? Optional.of(TextNode.valueOf(day.toString())) : Optional.empty();
  }

  private static Optional<JsonNode> timestamp(long micros, boolean up) {
    long millis = up ? -Math.floorDiv(-micros, MICROS) : Math.floorDiv(micros, MICROS);
    Instant time = Instant.EPOCH.plus(millis, ChronoUnit.MILLIS);
    return isTold(time.atOffset(ZoneOffset.UTC).getYear())
        ? Optional.of(TextNode.valueOf(TIMESTAMP.format(time)))
        : Optional.empty();
  }

  private static boolean isTold(int year) {
    return year > 0 && year <= LAST_YEAR;
  }

  private static Optional<JsonNode> number(Comparable<?> value) {
    if (value instanceof Integer number) {
      return Optional.of(IntNode.valueOf(number));
    }
    if (value instanceof Long number) {
      return Optional.of(LongNode.valueOf(number));
    }
    if (value instanceof Float number && Float.isFinite(number)) {
      return Optional.of(FloatNode.valueOf(number));
    }
    if (value instanceof Double number && Double.isFinite(number)) {
      return Optional.of(DoubleNode.valueOf(number));
    }
    return Optional.empty();
  }
}
