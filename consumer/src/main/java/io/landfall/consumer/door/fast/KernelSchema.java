package io.landfall.consumer.door.fast;

import io.delta.kernel.types.BasePrimitiveType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.FieldMetadata;
import io.delta.kernel.types.StructType;
import org.apache.spark.sql.types.StructField;

/** Columns of Spark's as Kernel's. */
final class KernelSchema {

  private KernelSchema() {}

  static StructType of(org.apache.spark.sql.types.StructType columns) {
    StructType schema = new StructType();
    for (StructField column : columns.fields()) {
      schema =
          schema.add(column.name(), type(column.dataType()), column.nullable(), comment(column));
    }
    return schema;
  }

  private static DataType type(org.apache.spark.sql.types.DataType type) {
    return type instanceof org.apache.spark.sql.types.DecimalType decimal
        ? new DecimalType(decimal.precision(), decimal.scale())
        : BasePrimitiveType.createPrimitive(type.typeName());
  }

  private static FieldMetadata comment(StructField column) {
    return column.getComment().isEmpty()
        ? FieldMetadata.empty()
        : FieldMetadata.builder().putString("comment", column.getComment().get()).build();
  }
}
