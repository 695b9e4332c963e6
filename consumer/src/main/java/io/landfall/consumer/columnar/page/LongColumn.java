package io.landfall.consumer.columnar.page;

import java.util.Arrays;
import org.apache.parquet.column.statistics.DoubleStatistics;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType;

/** Values of 64 bits: integers, timestamps, decimals, and doubles as their bits. */
public final class LongColumn extends Column {

  private final NumberDictionary dictionary;
  private long[] data = new long[64];

  LongColumn(PrimitiveType type, int dictionaryBytes) {
    super(type);
    this.dictionary = new NumberDictionary(dictionaryBytes / Long.BYTES);
  }

  public void append(long value) {
    int at = values();
    if (at == data.length) {
      data = Arrays.copyOf(data, Capacity.beyond(at));
    }
    data[at] = value;
    appended();
  }

  @Override
  void putPlain(PageBytes to) {
    to.put(data, values());
  }

  @Override
  long plainBytes() {
    return (long) values() * Long.BYTES;
  }

  @Override
  boolean putPlaces(int[] to) {
    int before = dictionary.size();
    int count = values();
    for (int i = 0; i < count; i++) {
      int place = dictionary.place(data[i]);
      if (place < 0) {
        dictionary.truncate(before);
        return false;
      }
      to[i] = place;
    }
    return true;
  }

  @Override
  int dictionarySize() {
    return dictionary.size();
  }

  @Override
  void putDictionary(PageBytes to) {
    for (int place = 0; place < dictionary.size(); place++) {
      to.putLong(dictionary.at(place));
    }
  }

  @Override
  long dictionaryBytes() {
    return (long) dictionary.size() * Long.BYTES;
  }

  @Override
  long dictionaryMemory() {
    return dictionary.memory();
  }

  @Override
  void clearDictionary() {
    dictionary.clear();
  }

  @Override
  boolean putBounds(Statistics<?> to) {
    if (to instanceof DoubleStatistics doubles) {
      FloatingBounds bounds = new FloatingBounds();
      for (int i = 0; i < values(); i++) {
        bounds.widen(Double.longBitsToDouble(data[i]));
      }
      doubles.setMinMax(bounds.least(), bounds.most());
      return bounds.areOrdered();
    }
    putLongBounds((LongStatistics) to);
    return true;
  }

  private void putLongBounds(LongStatistics to) {
    long least = data[0];
    long most = data[0];
    int count = values();
    for (int i = 1; i < count; i++) {
      least = Math.min(least, data[i]);
      most = Math.max(most, data[i]);
    }
    to.setMinMax(least, most);
  }
}
