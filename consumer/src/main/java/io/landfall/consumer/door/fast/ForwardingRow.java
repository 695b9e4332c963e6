package io.landfall.consumer.door.fast;

import io.delta.kernel.data.ArrayValue;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.data.Row;
import io.delta.kernel.types.StructType;
import java.math.BigDecimal;

/** A row of Kernel's that is another one, but for what a subclass changes. */
abstract class ForwardingRow implements Row {

  private final Row row;

  ForwardingRow(Row row) {
    this.row = row;
  }

  @Override
  public StructType getSchema() {
    return row.getSchema();
  }

  @Override
  public boolean isNullAt(int ordinal) {
    return row.isNullAt(ordinal);
  }

  @Override
  public boolean getBoolean(int ordinal) {
    return row.getBoolean(ordinal);
  }

  @Override
  public byte getByte(int ordinal) {
    return row.getByte(ordinal);
  }

  @Override
  public short getShort(int ordinal) {
    return row.getShort(ordinal);
  }

  @Override
  public int getInt(int ordinal) {
    return row.getInt(ordinal);
  }

  @Override
  public long getLong(int ordinal) {
    return row.getLong(ordinal);
  }

  @Override
  public float getFloat(int ordinal) {
    return row.getFloat(ordinal);
  }

  @Override
  public double getDouble(int ordinal) {
    return row.getDouble(ordinal);
  }

  @Override
  public String getString(int ordinal) {
    return row.getString(ordinal);
  }

  @Override
  public BigDecimal getDecimal(int ordinal) {
    return row.getDecimal(ordinal);
  }

  @Override
  public byte[] getBinary(int ordinal) {
    return row.getBinary(ordinal);
  }

  @Override
  public Row getStruct(int ordinal) {
    return row.getStruct(ordinal);
  }

  @Override
  public ArrayValue getArray(int ordinal) {
    return row.getArray(ordinal);
  }

  @Override
  public MapValue getMap(int ordinal) {
    return row.getMap(ordinal);
  }
}
