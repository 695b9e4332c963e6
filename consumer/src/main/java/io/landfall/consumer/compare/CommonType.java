package io.landfall.consumer.compare;

import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;

/** As what the cells of two columns are compared whose types are not the same. */
final class CommonType {

  private static final Set<DataType> WHOLE =
      Set.of(DataTypes.ByteType, DataTypes.ShortType, DataTypes.IntegerType, DataTypes.LongType);

  private static final Set<DataType> FLOATING = Set.of(DataTypes.FloatType, DataTypes.DoubleType);

  private CommonType() {}

  static boolean isNumber(DataType type) {
    return WHOLE.contains(type) || FLOATING.contains(type) || type instanceof DecimalType;
  }

  /**
   * Two numbers as numbers; a text beside anything else as that, if it reads so. What else has no
   * type in common is compared as text.
   */
  static DataType of(DataType here, DataType there) {
    if (here.equals(there)) {
      return here;
    }
    if (WHOLE.contains(here) && WHOLE.contains(there)) {
      return DataTypes.LongType;
    }
    if (isNumber(here) && isNumber(there)) {
      return DataTypes.DoubleType;
    }
    if (here.equals(DataTypes.StringType)) {
      return wide(there);
    }
    return there.equals(DataTypes.StringType) ? wide(here) : DataTypes.StringType;
  }

  private static DataType wide(DataType type) {
    return isNumber(type) ? DataTypes.DoubleType : type;
  }
}
