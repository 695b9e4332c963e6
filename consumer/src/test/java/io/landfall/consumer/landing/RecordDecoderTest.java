package io.landfall.consumer.landing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.consumer.testing.Readings;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.SingleObjectFormat;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class RecordDecoderTest {

  private static final Schema FIRST = Readings.FIRST.schema();
  private static final Schema SECOND = Readings.SECOND.schema();

  @Test
  void recordsOfEveryVersionAreReadAsTheNewest() throws Exception {
    RecordDecoder decoder = new RecordDecoder(SECOND);

    RecordDecoder.Decoded old = decoder.decode(bytes(FIRST, 4));
    assertThat(old.row().getSchema()).isEqualTo(SECOND);
    assertThat(old.row().get("humidity")).isNull();
    assertThat(old.row().get("temperature")).isEqualTo(2.0);
    assertThat(old.fingerprint()).isEqualTo(fingerprint(FIRST));

    RecordDecoder.Decoded recent = decoder.decode(bytes(SECOND, 5));
    assertThat(recent.row().get("hour")).isEqualTo(5);
    assertThat(recent.fingerprint()).isEqualTo(fingerprint(SECOND));
  }

  @Test
  void generatedClassIsReadThroughItsHistory() throws Exception {
    Dataset dataset = Dataset.PLAYER_GAME_STATS;
    assertThat(new RecordDecoder(dataset.schema())).isNotNull();
  }

  @Test
  void recordOfANewerReleaseAsksForOne() {
    byte[] bytes = bytes(FIRST, 4);
    bytes[3]++;

    assertThatThrownBy(() -> new RecordDecoder(FIRST).decode(bytes))
        .isInstanceOf(RecordDecoder.Undecodable.class)
        .hasMessageContaining("none of the 2 versions of Reading")
        .hasMessageContaining("a newer release is needed");
  }

  @Test
  void whatIsNoRecordIsTold() {
    RecordDecoder decoder = new RecordDecoder(FIRST);
    byte[] good = bytes(FIRST, 4);

    assertThatThrownBy(() -> decoder.decode(null)).hasMessageContaining("no value");
    assertThatThrownBy(() -> decoder.decode(new byte[] {1, 2, 3}))
        .hasMessageContaining("its 3 bytes do not start with");
    assertThatThrownBy(() -> decoder.decode(Arrays.copyOf(good, good.length - 3)))
        .hasMessageContaining("not a whole Reading");
    assertThatThrownBy(() -> decoder.decode(Arrays.copyOf(good, good.length + 1)))
        .hasMessageContaining("more than one Reading");
  }

  @Test
  void badRecordLeavesTheDecoderGoodForTheNext() throws Exception {
    RecordDecoder decoder = new RecordDecoder(FIRST);
    byte[] good = bytes(FIRST, 4);
    assertThatThrownBy(() -> decoder.decode(Arrays.copyOf(good, good.length / 2)))
        .isInstanceOf(RecordDecoder.Undecodable.class);

    assertThat(decoder.decode(good).row().get("hour")).isEqualTo(4);
  }

  @Test
  void schemaOutsideItsHistoryIsABug() {
    Schema other = SchemaBuilder.record("Reading").fields().requiredInt("x").endRecord();

    assertThatThrownBy(() -> new RecordDecoder(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not in its own history");
  }

  private static byte[] bytes(Schema schema, int hour) {
    GenericRecord reading = Readings.reading(schema, hour, 1, "UPSERT");
    return SingleObjectFormat.generic(schema).encode(reading);
  }

  private static String fingerprint(Schema schema) {
    return "%016x".formatted(SchemaNormalization.parsingFingerprint64(schema));
  }
}
