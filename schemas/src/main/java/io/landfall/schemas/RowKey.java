package io.landfall.schemas;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * A row's key as text: the values of its key columns in the dataset's order, with slashes between.
 * In a value a slash is {@code %2F} and a per cent sign {@code %25}, so that two keys never look
 * the same.
 */
public final class RowKey {

  /**
   * @param decimal how a decimal's unscaled value is read; null where it is something else
   */
  private record Part(int position, LogicalTypes.@Nullable Decimal decimal) {}

  private final List<Part> parts;

  public RowKey(Dataset dataset) {
    this(dataset.schema(), dataset.key());
  }

  /**
   * Of rows of a schema.
   *
   * @param key the columns of the key
   */
  public RowKey(Schema schema, List<String> key) {
    this.parts = key.stream().map(schema::getField).map(RowKey::part).toList();
  }

  /** The key of a row of the dataset's schema. */
  public String of(IndexedRecord row) {
    return parts.stream()
        .map(part -> escaped(text(part, row.get(part.position()))))
        .collect(Collectors.joining("/"));
  }

  private static Part part(Schema.Field field) {
    List<Schema> types =
        field.schema().isUnion() ? field.schema().getTypes() : List.of(field.schema());
    for (Schema type : types) {
      if (type.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
        return new Part(field.pos(), decimal);
      }
    }
    return new Part(field.pos(), null);
  }

  /** A decimal as a record of Avro's or a row of a table has it is the same text. */
  private static String text(Part part, @Nullable Object value) {
    if (part.decimal() != null && value instanceof ByteBuffer unscaled) {
      byte[] bytes = new byte[unscaled.remaining()];
      unscaled.duplicate().get(bytes);
      return new BigDecimal(new BigInteger(bytes), part.decimal().getScale()).toPlainString();
    }
    return value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
  }

  private static String escaped(String value) {
    return value.replace("%", "%25").replace("/", "%2F");
  }
}
