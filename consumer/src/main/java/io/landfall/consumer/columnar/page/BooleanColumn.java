package io.landfall.consumer.columnar.page;

import java.util.Arrays;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType;

/** Truth values. They are a bit each, and no dictionary would make them smaller. */
public final class BooleanColumn extends Column {

  private int[] data = new int[64];

  BooleanColumn(PrimitiveType type) {
    super(type);
  }

  public void append(boolean value) {
    int at = values();
    if (at == data.length) {
      data = Arrays.copyOf(data, Capacity.beyond(at));
    }
    data[at] = value ? 1 : 0;
    appended();
  }

  @Override
  void putPlain(PageBytes to) {
    to.putPacked(data, 0, values(), 1);
  }

  @Override
  long plainBytes() {
    return PageBytes.groups(values());
  }

  @Override
  boolean putPlaces(int[] to) {
    return false;
  }

  @Override
  int dictionarySize() {
    return 0;
  }

  @Override
  void putDictionary(PageBytes to) {}

  @Override
  long dictionaryBytes() {
    return 0;
  }

  @Override
  long dictionaryMemory() {
    return 0;
  }

  @Override
  void clearDictionary() {}

  @Override
  boolean putBounds(Statistics<?> to) {
    for (int i = 0; i < values(); i++) {
      to.updateStats(data[i] != 0);
    }
    return true;
  }
}
