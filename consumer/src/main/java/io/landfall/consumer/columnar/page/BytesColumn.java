package io.landfall.consumer.columnar.page;

import java.util.Arrays;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType;

/**
 * Values of bytes: texts, or large decimals of one width. They lie in memory as Parquet's plain
 * encoding has them, those of any length each behind its length in four bytes.
 */
public final class BytesColumn extends Column {

  private final int width;
  private final int prefix;
  private byte[] data = new byte[256];
  private int[] ends = new int[64];

  private BytesColumn(int width, int prefix) {
    this.width = width;
    this.prefix = prefix;
  }

  static BytesColumn ofAnyLength() {
    return new BytesColumn(0, Integer.BYTES);
  }

  static BytesColumn ofLength(int width) {
    return new BytesColumn(width, 0);
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
    int start = at == 0 ? 0 : ends[at - 1];
    long end = (long) start + prefix + length;
    if (end > data.length) {
      data = Arrays.copyOf(data, Capacity.atLeast(data.length, end));
    }
    if (at == ends.length) {
      ends = Arrays.copyOf(ends, Capacity.beyond(at));
    }
    if (prefix > 0) {
      data[start] = (byte) length;
      data[start + 1] = (byte) (length >> 8);
      data[start + 2] = (byte) (length >> 16);
      data[start + 3] = (byte) (length >> 24);
    }
    System.arraycopy(from, position, data, start + prefix, length);
    ends[at] = (int) end;
    appended();
  }

  @Override
  void writeValue(int at, ColumnWriter writer, PrimitiveType type, int level) {
    int start = (at == 0 ? 0 : ends[at - 1]) + prefix;
    writer.write(Binary.fromReusedByteArray(data, start, ends[at] - start), 0, level);
  }
}
