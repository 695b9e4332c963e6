package io.landfall.consumer.columnar.page;

import java.util.Arrays;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.schema.PrimitiveType;

/** Values of 64 bits: integers, timestamps, decimals, and doubles as their bits. */
public final class LongColumn extends Column {

  private long[] data = new long[64];

  LongColumn() {}

  public void append(long value) {
    int at = values();
    if (at == data.length) {
      data = Arrays.copyOf(data, Capacity.beyond(at));
    }
    data[at] = value;
    appended();
  }

  @Override
  void writeValue(int at, ColumnWriter writer, PrimitiveType type, int level) {
    if (type.getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.DOUBLE) {
      writer.write(Double.longBitsToDouble(data[at]), 0, level);
    } else {
      writer.write(data[at], 0, level);
    }
  }
}
