package io.landfall.consumer.columnar;

import io.landfall.consumer.bronze.BronzeSchema;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/** The table's columns as Parquet types: those in which Spark would write them. */
final class ParquetSchema {

  private static final String NAME = "spark_schema";

  /** The most decimal digits that an INT32 and an INT64 hold whatever they are. */
  private static final int INT_DIGITS = 9;

  private static final int LONG_DIGITS = 18;

  private ParquetSchema() {}

  /** Of a file: the record's fields, then the system columns. */
  static MessageType of(Schema schema) {
    List<Type> columns = new ArrayList<>();
    for (StructField column : BronzeSchema.columns(schema).fields()) {
      columns.add(type(column));
    }
    return new MessageType(NAME, columns);
  }

  /** The same without the system columns. */
  static MessageType ofRecord(Schema schema) {
    return new MessageType(NAME, of(schema).getFields().subList(0, schema.getFields().size()));
  }

  private static PrimitiveType type(StructField column) {
    Type.Repetition repetition =
        column.nullable() ? Type.Repetition.OPTIONAL : Type.Repetition.REQUIRED;
    DataType type = column.dataType();
    if (type instanceof DecimalType decimal) {
      return decimal(repetition, decimal).named(column.name());
    }
    return Types.primitive(physical(type), repetition).as(logical(type)).named(column.name());
  }

  private static PrimitiveTypeName physical(DataType type) {
    if (type.equals(DataTypes.IntegerType) || type.equals(DataTypes.DateType)) {
      return PrimitiveTypeName.INT32;
    }
    if (type.equals(DataTypes.LongType) || type.equals(DataTypes.TimestampType)) {
      return PrimitiveTypeName.INT64;
    }
    if (type.equals(DataTypes.FloatType)) {
      return PrimitiveTypeName.FLOAT;
    }
    if (type.equals(DataTypes.DoubleType)) {
      return PrimitiveTypeName.DOUBLE;
    }
    if (type.equals(DataTypes.BooleanType)) {
      return PrimitiveTypeName.BOOLEAN;
    }
    if (type.equals(DataTypes.StringType) || type.equals(DataTypes.BinaryType)) {
      return PrimitiveTypeName.BINARY;
    }
    throw new IllegalArgumentException("No Parquet type for " + type);
  }

  private static @Nullable LogicalTypeAnnotation logical(DataType type) {
    if (type.equals(DataTypes.StringType)) {
      return LogicalTypeAnnotation.stringType();
    }
    if (type.equals(DataTypes.DateType)) {
      return LogicalTypeAnnotation.dateType();
    }
    if (type.equals(DataTypes.TimestampType)) {
      return LogicalTypeAnnotation.timestampType(true, LogicalTypeAnnotation.TimeUnit.MICROS);
    }
    return null;
  }

  private static Types.PrimitiveBuilder<PrimitiveType> decimal(
      Type.Repetition repetition, DecimalType type) {
    LogicalTypeAnnotation annotation =
        LogicalTypeAnnotation.decimalType(type.scale(), type.precision());
    if (type.precision() <= INT_DIGITS) {
      return Types.primitive(PrimitiveTypeName.INT32, repetition).as(annotation);
    }
    if (type.precision() <= LONG_DIGITS) {
      return Types.primitive(PrimitiveTypeName.INT64, repetition).as(annotation);
    }
    return Types.primitive(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, repetition)
        .length(bytes(type.precision()))
        .as(annotation);
  }

  /** The fewest bytes of two's complement for any number of so many digits. */
  private static int bytes(int digits) {
    return BigInteger.TEN.pow(digits).toByteArray().length;
  }
}
