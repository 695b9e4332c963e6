package io.landfall.consumer.columnar.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;

/**
 * The values of one column for the rows of a page in the making: those that are not null, one after
 * the other, and which rows have one. Grows as needed, and is used again for the next page. The
 * dictionary of its values lives on over several pages.
 */
public abstract class Column {

  private static final int FIRST_ROWS = 1_024;

  private final PrimitiveType type;

  /** 1 where a row has a value. */
  private byte[] present = new byte[FIRST_ROWS];

  private int rows;
  private int values;

  Column(PrimitiveType type) {
    this.type = type;
  }

  /** The columns of a file, in their order. */
  public static List<Column> of(MessageType message, FileLimits limits) {
    List<Column> columns = new ArrayList<>();
    for (var field : message.getFields()) {
      columns.add(of(field.asPrimitiveType(), limits.bytesPerDictionary()));
    }
    return columns;
  }

  private static Column of(PrimitiveType type, int dictionaryBytes) {
    return switch (type.getPrimitiveTypeName()) {
      case INT32, FLOAT -> new IntColumn(type, dictionaryBytes);
      case INT64, DOUBLE -> new LongColumn(type, dictionaryBytes);
      case BOOLEAN -> new BooleanColumn(type);
      case BINARY, FIXED_LEN_BYTE_ARRAY -> new BytesColumn(type, dictionaryBytes);
      case INT96 -> throw new IllegalArgumentException("No column of " + type);
    };
  }

  final PrimitiveType type() {
    return type;
  }

  /** Appends a row without a value. */
  public final void appendNull() {
    endRow((byte) 0);
  }

  /** Counts a value that was put at {@link #values()}. */
  final void appended() {
    values++;
    endRow((byte) 1);
  }

  private void endRow(byte has) {
    if (rows == present.length) {
      present = Arrays.copyOf(present, Capacity.beyond(rows));
    }
    present[rows++] = has;
  }

  final int rows() {
    return rows;
  }

  /** How many rows have a value. */
  final int values() {
    return values;
  }

  /** 1 for each row that has a value, 0 for each other. */
  final void putLevels(int[] to) {
    for (int row = 0; row < rows; row++) {
      to[row] = present[row];
    }
  }

  /** Takes back rows at the end. */
  final void truncate(int wanted) {
    while (rows > wanted) {
      rows--;
      values -= present[rows];
    }
  }

  /** Whether the last row is one without a value. */
  public final boolean endsWithNull() {
    return rows > 0 && present[rows - 1] == 0;
  }

  /** Forgets all rows. */
  public final void clear() {
    rows = 0;
    values = 0;
  }

  /** Parquet's plain encoding of the values. */
  abstract void putPlain(PageBytes to);

  /** How many bytes that has. */
  abstract long plainBytes();

  /**
   * The values' places in the dictionary, which takes up those that are new.
   *
   * @return false if it cannot take all; then it is as it was, and takes no more
   */
  abstract boolean putPlaces(int[] to);

  /** How many entries the dictionary has. */
  abstract int dictionarySize();

  /** Parquet's plain encoding of the dictionary. */
  abstract void putDictionary(PageBytes to);

  /** How many bytes that has. */
  abstract long dictionaryBytes();

  /** How many bytes the dictionary holds in memory. */
  abstract long dictionaryMemory();

  /** Begins a new dictionary. */
  abstract void clearDictionary();

  /**
   * Puts the bounds of the values; there is one at least.
   *
   * @return false if there is a value without a place in their order, a NaN
   */
  abstract boolean putBounds(Statistics<?> to);
}
