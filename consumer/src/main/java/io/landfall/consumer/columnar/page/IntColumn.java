package io.landfall.consumer.columnar.page;

import java.util.Arrays;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.schema.PrimitiveType;

/** Values of 32 bits: integers, dates, small decimals, and floats as their bits. */
public final class IntColumn extends Column {

  private int[] data = new int[64];

  IntColumn() {}

  public void append(int value) {
    int at = values();
    if (at == data.length) {
      data = Arrays.copyOf(data, Capacity.beyond(at));
    }
    data[at] = value;
    appended();
  }

  @Override
  void writeValue(int at, ColumnWriter writer, PrimitiveType type, int level) {
    if (type.getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.FLOAT) {
      writer.write(Float.intBitsToFloat(data[at]), 0, level);
    } else {
      writer.write(data[at], 0, level);
    }
  }
}
