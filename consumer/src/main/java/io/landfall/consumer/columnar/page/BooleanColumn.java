package io.landfall.consumer.columnar.page;

import java.util.Arrays;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.schema.PrimitiveType;

/** Truth values. */
public final class BooleanColumn extends Column {

  private boolean[] data = new boolean[64];

  BooleanColumn() {}

  public void append(boolean value) {
    int at = values();
    if (at == data.length) {
      data = Arrays.copyOf(data, Capacity.beyond(at));
    }
    data[at] = value;
    appended();
  }

  @Override
  void writeValue(int at, ColumnWriter writer, PrimitiveType type, int level) {
    writer.write(data[at], 0, level);
  }
}
