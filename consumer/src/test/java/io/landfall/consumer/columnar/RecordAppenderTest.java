package io.landfall.consumer.columnar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.consumer.columnar.page.Column;
import io.landfall.consumer.columnar.page.FileLimits;
import io.landfall.consumer.testing.Readings;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.SchemaHistory;
import io.landfall.schemas.SchemaIds;
import io.landfall.schemas.SingleObjectFormat;
import io.landfall.schemas.nhl.NhlDatasets;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;

class RecordAppenderTest {

  private static final Schema FIRST = Readings.FIRST.schema();
  private static final Schema SECOND = Readings.SECOND.schema();

  @Test
  void recordsOfEveryVersionAreTakenAndTheirVersionIsTold() throws Exception {
    RecordAppender records = appender(SECOND);

    assertThat(records.append(bytes(FIRST, 4))).isEqualTo(fingerprint(FIRST));
    assertThat(records.append(bytes(SECOND, 5))).isEqualTo(fingerprint(SECOND));
    assertThat(records.append(bytes(FIRST, 6))).isEqualTo(fingerprint(FIRST));
  }

  @Test
  void generatedClassIsReadThroughItsHistory() {
    Dataset stats = NhlDatasets.PLAYER_GAME_STATS;
    assertThat(appender(stats.schema(), stats.history())).isNotNull();
  }

  @Test
  void recordOfANewerReleaseAsksForOne() {
    byte[] bytes = bytes(FIRST, 4);
    bytes[3]++;

    assertThatThrownBy(() -> appender(FIRST).append(bytes))
        .isInstanceOf(Undecodable.class)
        .hasMessageMatching(
            "its schema [0-9a-f]{16} is none of the 2 versions of Reading that this release knows");
  }

  @Test
  void whatIsNoRecordIsTold() {
    for (Schema table : new Schema[] {FIRST, SECOND}) {
      RecordAppender records = appender(table);
      byte[] good = bytes(FIRST, 4);

      assertThatThrownBy(() -> records.append(null)).hasMessageContaining("no value");
      assertThatThrownBy(() -> records.append(new byte[] {1, 2, 3}))
          .hasMessageContaining("its 3 bytes start neither with");
      assertThatThrownBy(() -> records.append(Arrays.copyOf(good, good.length - 3)))
          .hasMessageContaining("not a whole Reading: field _fetched_at: the record ends there");
      assertThatThrownBy(() -> records.append(Arrays.copyOf(good, good.length + 1)))
          .hasMessageContaining("more than one Reading: 1 are left over");
    }
  }

  @Test
  void schemaOutsideItsHistoryIsABug() {
    Schema other = SchemaBuilder.record("Reading").fields().requiredInt("x").endRecord();

    assertThatThrownBy(() -> appender(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not in its own history");
  }

  private static RecordAppender appender(Schema schema) {
    return appender(schema, Readings.HISTORY);
  }

  private static RecordAppender appender(Schema schema, SchemaHistory history) {
    return new RecordAppender(
        schema,
        history,
        Column.of(ParquetSchema.ofRecord(schema), FileLimits.DEFAULT),
        List.of(),
        SchemaIds.NONE);
  }

  private static byte[] bytes(Schema schema, int hour) {
    return SingleObjectFormat.generic(schema).encode(Readings.reading(schema, hour, 1, "UPSERT"));
  }

  private static byte[] fingerprint(Schema schema) {
    return "%016x"
        .formatted(SchemaNormalization.parsingFingerprint64(schema))
        .getBytes(StandardCharsets.US_ASCII);
  }
}
