package io.landfall.schemas;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.Conversion;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/**
 * Records whose values are as Avro's types have them, whatever their logical types: what a value of
 * a union with null is follows from its class, without Avro's searches for its name.
 */
final class PlainData extends GenericData {

  @Override
  public int resolveUnion(Schema union, @Nullable Object datum) {
    List<Schema> branches = union.getTypes();
    for (int branch = 0; branch < 2 && branches.size() == 2; branch++) {
      if (isOf(branches.get(branch).getType(), datum)) {
        return branch;
      }
    }
    return super.resolveUnion(union, datum);
  }

  private static boolean isOf(Schema.Type type, @Nullable Object datum) {
    return switch (type) {
      case NULL -> datum == null;
      case STRING -> datum instanceof CharSequence;
      case INT -> datum instanceof Integer;
      case LONG -> datum instanceof Long;
      case DOUBLE -> datum instanceof Double;
      case BOOLEAN -> datum instanceof Boolean;
      case BYTES -> datum instanceof ByteBuffer;
      default -> false;
    };
  }

  @Override
  public <T> @Nullable Conversion<T> getConversionByClass(Class<T> type, LogicalType logicalType) {
    return null;
  }
}
