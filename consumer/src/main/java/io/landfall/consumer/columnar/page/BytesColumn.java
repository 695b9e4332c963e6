package io.landfall.consumer.columnar.page;

import java.util.Arrays;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType;

/**
 * Values of bytes: texts, or large decimals of one width. They lie in memory as Parquet's plain
 * encoding has them, those of any length each behind its length in four bytes.
 */
public final class BytesColumn extends Column {

  private final BytesDictionary dictionary;
  private final int width;
  private final int prefix;
  private final PageBytes data = new PageBytes();
  private int[] ends = new int[64];

  BytesColumn(PrimitiveType type, int dictionaryBytes) {
    super(type);
    this.dictionary = new BytesDictionary(dictionaryBytes);
    this.width = type.getTypeLength();
    this.prefix = width > 0 ? 0 : Integer.BYTES;
  }

  /** How many bytes each value has; 0 if that is for each to say. */
  public int width() {
    return width;
  }

  public void append(byte[] value) {
    append(value, 0, value.length);
  }

  public void append(byte[] from, int position, int length) {
    int at = values();
    if (at == ends.length) {
      ends = Arrays.copyOf(ends, Capacity.beyond(at));
    }
    data.truncate(start(at)); // of rows taken back
    if (prefix > 0) {
      data.putInt(length);
    }
    data.put(from, position, length);
    ends[at] = data.size();
    appended();
  }

  private int start(int value) {
    return value == 0 ? 0 : ends[value - 1];
  }

  @Override
  void putPlain(PageBytes to) {
    to.put(data.array(), 0, start(values()));
  }

  @Override
  long plainBytes() {
    return start(values());
  }

  @Override
  boolean putPlaces(int[] to) {
    int before = dictionary.size();
    int count = values();
    int start = 0;
    for (int i = 0; i < count; i++) {
      int place = dictionary.place(data.array(), start, ends[i]);
      if (place < 0) {
        dictionary.truncate(before);
        return false;
      }
      to[i] = place;
      start = ends[i];
    }
    return true;
  }

  @Override
  int dictionarySize() {
    return dictionary.size();
  }

  @Override
  void putDictionary(PageBytes to) {
    to.put(dictionary.entries(), 0, dictionary.bytes());
  }

  @Override
  long dictionaryBytes() {
    return dictionary.bytes();
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
    int least = 0;
    int most = 0;
    for (int i = 1; i < values(); i++) {
      if (compare(i, least) < 0) {
        least = i;
      } else if (compare(i, most) > 0) {
        most = i;
      }
    }
    to.updateStats(copy(least));
    to.updateStats(copy(most));
    return true;
  }

  /** Bytes are ordered as unsigned ones; those of a fixed width are numbers, and have a sign. */
  private int compare(int one, int other) {
    byte[] bytes = data.array();
    int from = start(one) + prefix;
    int otherFrom = start(other) + prefix;
    if (width > 0 && bytes[from] != bytes[otherFrom]) {
      return Byte.compare(bytes[from], bytes[otherFrom]);
    }
    return Arrays.compareUnsigned(bytes, from, ends[one], bytes, otherFrom, ends[other]);
  }

  private Binary copy(int value) {
    return Binary.fromConstantByteArray(
        Arrays.copyOfRange(data.array(), start(value) + prefix, ends[value]));
  }
}
