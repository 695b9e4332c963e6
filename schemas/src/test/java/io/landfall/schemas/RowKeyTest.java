package io.landfall.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class RowKeyTest {

  private static final Schema SCHEMA =
      SchemaBuilder.record("Reading")
          .fields()
          .requiredDouble("value")
          .requiredString("day")
          .requiredString("station")
          .requiredInt("hour")
          .endRecord();

  private static final RowKey KEY = new RowKey(SCHEMA, List.of("station", "day", "hour"));

  private static String key(String station, String day, int hour) {
    GenericRecord row = new GenericData.Record(SCHEMA);
    row.put("station", station);
    row.put("day", day);
    row.put("hour", hour);
    return KEY.of(row);
  }

  @Test
  void itIsTheKeysColumnsInTheDatasetsOrder() {
    assertThat(key("ZRH", "2024-10-10", 7)).isEqualTo("ZRH/2024-10-10/7");
  }

  @Test
  void aDecimalIsTheSameTextAsARecordsAndAsATables() {
    Schema schema =
        SchemaBuilder.record("Price")
            .fields()
            .name("price")
            .type(LogicalTypes.decimal(10, 2).addToSchema(Schema.create(Schema.Type.BYTES)))
            .noDefault()
            .endRecord();
    RowKey key = new RowKey(schema, List.of("price"));
    GenericRecord row = new GenericData.Record(schema);
    row.put("price", ByteBuffer.wrap(new byte[] {1, 0x2C}));
    assertThat(key.of(row)).isEqualTo("3.00");
    row.put("price", new BigDecimal("3.00"));
    assertThat(key.of(row)).isEqualTo("3.00");
  }

  @Property
  void twoRowsHaveOneKeyOnlyIfTheirColumnsAreEqual(
      @ForAll String a, @ForAll String b, @ForAll String c, @ForAll String d) {
    Assume.that(!a.equals(c) || !b.equals(d));
    assertThat(key(a, b, 1)).isNotEqualTo(key(c, d, 1));
    assertThat(key(a + "/" + b, c, 1)).isNotEqualTo(key(a, b + "/" + c, 1));
  }
}
