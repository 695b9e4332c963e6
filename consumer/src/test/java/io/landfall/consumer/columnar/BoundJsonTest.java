package io.landfall.consumer.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;

class BoundJsonTest {

  private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

  @Test
  void longTextsAreCutBelowAndAbove() {
    String puck = Character.toString(0x1F3D2);
    String text = puck.repeat(40);

    assertThat(lower(text)).isEqualTo(puck.repeat(32));
    assertThat(upper(text)).isEqualTo(puck.repeat(32) + LAST);
    assertThat(lower("a".repeat(32))).isEqualTo("a".repeat(32));
    assertThat(upper("a".repeat(32))).isEqualTo("a".repeat(32));
    assertThat(upper("a".repeat(32) + LAST + "b")).isEqualTo("none");
    assertThat(upper("a".repeat(31) + LAST + "b")).isEqualTo("a".repeat(31) + LAST + LAST);
  }

  @Test
  void timestampsAreRoundedAwayFromTheValues() {
    PrimitiveType type =
        Types.required(PrimitiveTypeName.INT64)
            .as(LogicalTypeAnnotation.timestampType(true, LogicalTypeAnnotation.TimeUnit.MICROS))
            .named("t");

    assertThat(text(BoundJson.lower(type, 1_999L))).isEqualTo("1970-01-01T00:00:00.001Z");
    assertThat(text(BoundJson.upper(type, 1_001L))).isEqualTo("1970-01-01T00:00:00.002Z");
    assertThat(text(BoundJson.upper(type, 1_000L))).isEqualTo("1970-01-01T00:00:00.001Z");
    assertThat(text(BoundJson.lower(type, -1L))).isEqualTo("1969-12-31T23:59:59.999Z");
    assertThat(text(BoundJson.upper(type, -1L))).isEqualTo("1970-01-01T00:00:00.000Z");
    assertThat(BoundJson.upper(type, Long.MAX_VALUE)).isEmpty();
    assertThat(BoundJson.lower(type, Long.MIN_VALUE)).isEmpty();
  }

  @Test
  void whatJsonCannotSayIsNoBound() {
    PrimitiveType type = Types.required(PrimitiveTypeName.DOUBLE).named("d");

    assertThat(BoundJson.upper(type, Double.POSITIVE_INFINITY)).isEmpty();
    assertThat(BoundJson.lower(type, Double.NaN)).isEmpty();
    assertThat(BoundJson.lower(type, -0.0)).hasToString("Optional[-0.0]");
  }

  private static String lower(String value) {
    return text(BoundJson.lower(texts(), Binary.fromString(value)));
  }

  private static String upper(String value) {
    return text(BoundJson.upper(texts(), Binary.fromString(value)));
  }

  private static PrimitiveType texts() {
    return Types.required(PrimitiveTypeName.BINARY)
        .as(LogicalTypeAnnotation.stringType())
        .named("s");
  }

  private static String text(Optional<JsonNode> bound) {
    return bound.map(JsonNode::textValue).orElse("none");
  }
}
