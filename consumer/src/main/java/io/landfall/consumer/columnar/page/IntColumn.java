package io.landfall.consumer.columnar.page;

import java.util.Arrays;
import org.apache.parquet.column.statistics.FloatStatistics;
import org.apache.parquet.column.statistics.IntStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType;

/** Values of 32 bits: integers, dates, small decimals, and floats as their bits. */
public final class IntColumn extends Column {

  private final NumberDictionary dictionary;
  private int[] data = new int[64];

  IntColumn(PrimitiveType type, int dictionaryBytes) {
    super(type);
    this.dictionary = new NumberDictionary(dictionaryBytes / Integer.BYTES);
  }

  public void append(int value) {
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
    return (long) values() * Integer.BYTES;
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
      to.putInt((int) dictionary.at(place));
    }
  }

  @Override
  long dictionaryBytes() {
    return (long) dictionary.size() * Integer.BYTES;
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
    if (to instanceof FloatStatistics floats) {
      FloatingBounds bounds = new FloatingBounds();
      for (int i = 0; i < values(); i++) {
        bounds.widen(Float.intBitsToFloat(data[i]));
      }
      floats.setMinMax((float) bounds.least(), (float) bounds.most());
      return bounds.areOrdered();
    }
    putIntBounds((IntStatistics) to);
    return true;
  }

  private void putIntBounds(IntStatistics to) {
    int least = data[0];
    int most = data[0];
    int count = values();
    for (int i = 1; i < count; i++) {
      least = Math.min(least, data[i]);
      most = Math.max(most, data[i]);
    }
    to.setMinMax(least, most);
  }
}
