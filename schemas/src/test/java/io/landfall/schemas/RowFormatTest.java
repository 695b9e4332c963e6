package io.landfall.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.schemas.SingleObjectFormat.Undecodable;
import io.landfall.schemas.weather.WeatherDatasets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowFormatTest {

  private static final Dataset DATASET = WeatherDatasets.STATION_HOURS;
  private static final int ID = 0x01020304;
  private static final SchemaIds IDS =
      SchemaIds.of(
          "http://registry",
          id ->
              Optional.ofNullable(
                  Map.of(
                          ID,
                          RowFormat.schema(DATASET),
                          8,
                          "{\"type\":\"record\",\"name\":\"Other\",\"fields\":[]}",
                          9,
                          "syntax = \"proto3\";")
                      .get(id)));
  private static final RowFormat SINGLE_OBJECT = new RowFormat(DATASET);
  private static final RowFormat CONFLUENT =
      new RowFormat(DATASET.withEncoding(RowEncoding.reading(IDS).writing(ID)));

  private static GenericRecord row() {
    GenericRecord row = new GenericData.Record(DATASET.schema());
    for (Schema.Field field : DATASET.schema().getFields()) {
      row.put(field.pos(), value(field.schema()));
    }
    return row;
  }

  private static Object value(Schema schema) {
    return switch (schema.getType()) {
      case STRING -> "Zürich";
      case INT -> 7;
      case LONG -> 1_700_000_000_000L;
      case DOUBLE -> 3.25;
      case ENUM -> new GenericData.EnumSymbol(schema, schema.getEnumSymbols().get(0));
      case UNION -> value(schema.getTypes().get(schema.getTypes().size() - 1));
      default -> throw new IllegalArgumentException(schema.toString());
    };
  }

  @Test
  void confluentsFormatIsAZeroTheIdAndTheSameAvroBytes() {
    byte[] single = SINGLE_OBJECT.encode(row());
    byte[] confluent = CONFLUENT.encode(row());
    assertThat(Arrays.copyOf(confluent, 5)).containsExactly(0, 1, 2, 3, 4);
    assertThat(Arrays.copyOfRange(confluent, 5, confluent.length))
        .isEqualTo(Arrays.copyOfRange(single, 10, single.length));
  }

  @Test
  void singleObjectEncodingIsThatOfAvrosOwnEncoder() throws IOException {
    ByteBuffer bytes =
        new BinaryMessageEncoder<GenericRecord>(GenericData.get(), DATASET.schema()).encode(row());
    assertThat(ByteBuffer.wrap(SINGLE_OBJECT.encode(row()))).isEqualTo(bytes);
  }

  @Test
  void eitherFormatIsReadAgain() throws Undecodable {
    for (RowFormat writer : new RowFormat[] {SINGLE_OBJECT, CONFLUENT}) {
      byte[] bytes = writer.encode(row());
      assertThat(CONFLUENT.decode(bytes).toString()).isEqualTo(row().toString());
      assertThat(WireHeader.of(bytes).orElseThrow().fingerprint(IDS))
          .hasValue(SchemaNormalization.parsingFingerprint64(DATASET.schema()));
    }
  }

  @Test
  void whatARegistryGetsIsTheSchemaAsItStandsInItsHistory() {
    assertThat(RowFormat.schema(DATASET)).doesNotContain("avro.java.string");
    assertThat(
            SchemaNormalization.parsingFingerprint64(
                new Schema.Parser().parse(RowFormat.schema(DATASET))))
        .isEqualTo(SchemaNormalization.parsingFingerprint64(DATASET.schema()));
  }

  @Test
  void idThatNobodyKnowsIsTold() {
    byte[] bytes = CONFLUENT.encode(row());
    assertThatThrownBy(() -> SINGLE_OBJECT.decode(bytes))
        .isInstanceOf(Undecodable.class)
        .hasMessageContainingAll("id " + ID, "no schema registry is set");
    ByteBuffer.wrap(bytes).putInt(1, -7);
    assertThatThrownBy(() -> CONFLUENT.decode(bytes))
        .hasMessageContainingAll("http://registry", "4294967289");
    ByteBuffer.wrap(bytes).putInt(1, 9);
    assertThatThrownBy(() -> CONFLUENT.decode(bytes)).hasMessageContaining("no Avro schema");
    ByteBuffer.wrap(bytes).putInt(1, 8);
    assertThatThrownBy(() -> CONFLUENT.decode(bytes))
        .hasMessageContainingAll("id 8", "none of the", "StationHour");
  }

  @Property
  void noBytesMakeItCrash(@ForAll byte[] tail) {
    byte[] bytes = Arrays.copyOf(Arrays.copyOf(CONFLUENT.encode(row()), 5), 5 + tail.length);
    System.arraycopy(tail, 0, bytes, 5, tail.length);
    for (byte[] each : new byte[][] {bytes, tail}) {
      try {
        CONFLUENT.decode(each);
      } catch (Undecodable e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }

  /**
   * Others take it for Avro's, or did once; to us it says nothing, and that is no fault of ours.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "syntax = \"proto3\";",
        "[\"int\",\"int\"]",
        "{\"type\":\"fixed\",\"name\":\"f\",\"size\":-1}",
        "{\"type\":\"record\",\"name\":\"int\",\"fields\":[]}",
        "{\"type\":\"record\",\"name\":\"r\",\"fields\":[{\"name\":\"a\",\"type\":\"int\",\"default\":\"x\"}]}",
        "{\"type\":\"record\",\"name\":\"r\",\"fields\":[{\"name\":\"a\",\"type\":\"int\",\"order\":\"x\"}]}"
      })
  void aSchemaThatCannotBeReadIsUnknown(String schema) {
    assertThat(SchemaIds.of("http://registry", id -> Optional.of(schema)).fingerprint(7)).isEmpty();
  }
}
