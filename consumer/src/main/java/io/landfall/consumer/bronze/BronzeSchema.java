package io.landfall.consumer.bronze;

import io.landfall.schemas.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** A table's columns, from the schema of its records. */
public final class BronzeSchema {

  /** The columns that every dataset's records must have: what "in force" means rests on them. */
  public static final String REVISION = "_revision";

  public static final String OPERATION = "_operation";
  public static final String CONTENT_HASH = "_content_hash";

  private BronzeSchema() {}

  /** The record's fields in their order, with their docs as comments, then the system columns. */
  public static StructType columns(Schema schema) {
    List<StructField> fields = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      StructField column =
          new StructField(field.name(), type(field), field.schema().isNullable(), Metadata.empty());
      fields.add(field.doc() == null ? column : column.withComment(field.doc()));
    }
    for (SystemColumn column : SystemColumn.values()) {
      fields.add(column.field());
    }
    return new StructType(fields.toArray(StructField[]::new));
  }

  /**
   * Columns whose bounds each file tells: what is filtered by, and what positions are read from.
   */
  public static List<String> statisticsColumns(Dataset dataset) {
    return Stream.of(
            dataset.key().stream(),
            dataset.filters().stream(),
            // Records in quarantine have none.
            Stream.of(REVISION).filter(column -> dataset.schema().getField(column) != null),
            Stream.of(SystemColumn.PARTITION.column(), SystemColumn.OFFSET.column()))
        .flatMap(names -> names)
        .distinct()
        .filter(name -> hasBounds(dataset.schema().getField(name)))
        .toList();
  }

  /** Delta takes no bounds of truth values and of bytes, and refuses a table that names them. */
  private static boolean hasBounds(Schema.@Nullable Field field) {
    if (field == null) {
      return true;
    }
    DataType type = type(field);
    return !type.equals(DataTypes.BooleanType) && !type.equals(DataTypes.BinaryType);
  }

  private static DataType type(Schema.Field field) {
    Schema schema = valueOf(field.schema());
    LogicalType logical = schema.getLogicalType();
    return switch (schema.getType()) {
      case INT ->
          logical instanceof LogicalTypes.Date
              ? DataTypes.DateType
              : plain(field, DataTypes.IntegerType);
      case LONG ->
          logical instanceof LogicalTypes.TimestampMillis
                  || logical instanceof LogicalTypes.TimestampMicros
              ? DataTypes.TimestampType
              : plain(field, DataTypes.LongType);
      case FLOAT -> DataTypes.FloatType;
      case DOUBLE -> DataTypes.DoubleType;
      case BOOLEAN -> DataTypes.BooleanType;
      case STRING, ENUM -> DataTypes.StringType;
      case BYTES ->
          logical instanceof LogicalTypes.Decimal decimal
                  && decimal.getPrecision() <= DecimalType.MAX_PRECISION()
              ? DataTypes.createDecimalType(decimal.getPrecision(), decimal.getScale())
              : plain(field, DataTypes.BinaryType);
      default -> throw unsupported(field);
    };
  }

  /** The type of a field that means what its Avro type says, and nothing else. */
  private static DataType plain(Schema.Field field, DataType type) {
    if (valueOf(field.schema()).getLogicalType() != null) {
      throw unsupported(field);
    }
    return type;
  }

  private static IllegalArgumentException unsupported(Schema.Field field) {
    return new IllegalArgumentException(
        "Field %s: %s has no column type".formatted(field.name(), field.schema()));
  }

  /** The schema of a field's value, without the null of an optional one. */
  public static Schema valueOf(Schema schema) {
    if (schema.getType() != Schema.Type.UNION) {
      return schema;
    }
    List<Schema> values =
        schema.getTypes().stream().filter(part -> part.getType() != Schema.Type.NULL).toList();
    if (values.size() != 1) {
      throw new IllegalArgumentException("A column has one type, not " + schema);
    }
    return values.get(0);
  }
}
