package io.landfall.consumer.columnar.page;

import java.util.Arrays;
import java.util.List;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/**
 * The values of one column for the rows of a page in the making: those that are not null, one after
 * the other, and which rows have one. Grows as needed, and is used again for the next page.
 */
public abstract class Column {

  private static final int FIRST_ROWS = 1_024;

  /** 1 where a row has a value. */
  private byte[] present = new byte[FIRST_ROWS];

  private int rows;
  private int values;

  /** The columns of a file, in their order. */
  public static List<Column> of(MessageType message) {
    return message.getFields().stream().map(type -> of(type.asPrimitiveType())).toList();
  }

  private static Column of(PrimitiveType type) {
    return switch (type.getPrimitiveTypeName()) {
      case INT32, FLOAT -> new IntColumn();
      case INT64, DOUBLE -> new LongColumn();
      case BOOLEAN -> new BooleanColumn();
      case BINARY -> BytesColumn.ofAnyLength();
      case FIXED_LEN_BYTE_ARRAY -> BytesColumn.ofLength(type.getTypeLength());
      case INT96 -> throw new IllegalArgumentException("No column of " + type);
    };
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

  final boolean has(int row) {
    return present[row] != 0;
  }

  /** Takes back rows at the end. */
  final void truncate(int wanted) {
    while (rows > wanted) {
      rows--;
      values -= present[rows];
    }
  }

  /** Forgets all rows. */
  public final void clear() {
    rows = 0;
    values = 0;
  }

  /** Hands all rows to Parquet. */
  final void writeTo(ColumnWriter writer, PrimitiveType type) {
    int value = 0;
    int full = type.isRepetition(Type.Repetition.REQUIRED) ? 0 : 1;
    for (int row = 0; row < rows; row++) {
      if (present[row] == 0) {
        writer.writeNull(0, 0);
      } else {
        writeValue(value++, writer, type, full);
      }
    }
  }

  abstract void writeValue(int at, ColumnWriter writer, PrimitiveType type, int level);
}
