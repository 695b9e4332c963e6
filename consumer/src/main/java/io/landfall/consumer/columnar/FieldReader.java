package io.landfall.consumer.columnar;

import io.landfall.consumer.columnar.page.BooleanColumn;
import io.landfall.consumer.columnar.page.BytesColumn;
import io.landfall.consumer.columnar.page.Column;
import io.landfall.consumer.columnar.page.IntColumn;
import io.landfall.consumer.columnar.page.LongColumn;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Reads one field of a record and appends it to its column. */
abstract class FieldReader {

  /** Columns of times hold microseconds. */
  private static final long MOST_MILLIS = Long.MAX_VALUE / 1_000;

  private final Column column;
  private final int branches;
  private final int nullBranch;

  private FieldReader(Schema schema, Column column) {
    this.column = column;
    this.branches = schema.isUnion() ? schema.getTypes().size() : 0;
    this.nullBranch =
        schema.isUnion() && schema.isNullable()
            ? schema.getIndexNamed(Schema.Type.NULL.getName())
            : -1;
  }

  final void read(AvroInput in) throws Undecodable {
    if (branches > 0 && in.readIndex(branches) == nullBranch) {
      column.appendNull();
    } else {
      readValue(in);
    }
  }

  abstract void readValue(AvroInput in) throws Undecodable;

  /**
   * The reader of a field.
   *
   * @param schema the field's own, a union with null or not
   * @param value the same without null
   * @param column of the type that {@link ParquetSchema} gives such a field
   */
  static FieldReader of(Schema schema, Schema value, Column column) {
    if (value.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      return decimals(schema, new DecimalInput(decimal), column);
    }
    return switch (value.getType()) {
      case INT, FLOAT -> ints(schema, value, (IntColumn) column);
      case LONG, DOUBLE -> longs(schema, value, (LongColumn) column);
      case BOOLEAN -> booleans(schema, (BooleanColumn) column);
      case ENUM -> symbols(schema, value, (BytesColumn) column);
      case STRING -> texts(schema, (BytesColumn) column);
      case BYTES -> bytes(schema, (BytesColumn) column);
      default -> throw new IllegalArgumentException("No column holds " + value);
    };
  }

  private static FieldReader ints(Schema schema, Schema value, IntColumn to) {
    if (value.getType() == Schema.Type.FLOAT) {
      return new FieldReader(schema, to) {
        @Override
        void readValue(AvroInput in) throws Undecodable {
          to.append(in.readFloat());
        }
      };
    }
    return new FieldReader(schema, to) {
      @Override
      void readValue(AvroInput in) throws Undecodable {
        to.append(in.readInt());
      }
    };
  }

  private static FieldReader longs(Schema schema, Schema value, LongColumn to) {
    if (value.getType() == Schema.Type.DOUBLE) {
      return new FieldReader(schema, to) {
        @Override
        void readValue(AvroInput in) throws Undecodable {
          to.append(in.readDouble());
        }
      };
    }
    if (value.getLogicalType() instanceof LogicalTypes.TimestampMillis) {
      return new FieldReader(schema, to) {
        @Override
        void readValue(AvroInput in) throws Undecodable {
          to.append(micros(in.readLong()));
        }
      };
    }
    return new FieldReader(schema, to) {
      @Override
      void readValue(AvroInput in) throws Undecodable {
        to.append(in.readLong());
      }
    };
  }

  private static long micros(long millis) throws Undecodable {
    if (millis > MOST_MILLIS || millis < -MOST_MILLIS) {
      throw new Undecodable("%d ms since 1970 is beyond all timestamps".formatted(millis));
    }
    return millis * 1_000;
  }

  private static FieldReader booleans(Schema schema, BooleanColumn to) {
    return new FieldReader(schema, to) {
      @Override
      void readValue(AvroInput in) throws Undecodable {
        to.append(in.readBoolean());
      }
    };
  }

  private static FieldReader symbols(Schema schema, Schema value, BytesColumn to) {
    List<byte[]> symbols =
        value.getEnumSymbols().stream().map(s -> s.getBytes(StandardCharsets.UTF_8)).toList();
    return new FieldReader(schema, to) {
      @Override
      void readValue(AvroInput in) throws Undecodable {
        to.append(symbols.get(in.readIndex(symbols.size())));
      }
    };
  }

  private static FieldReader texts(Schema schema, BytesColumn to) {
    return new FieldReader(schema, to) {
      @Override
      void readValue(AvroInput in) throws Undecodable {
        int length = in.readLength();
        to.append(in.bytes(), in.skipText(length), length);
      }
    };
  }

  private static FieldReader bytes(Schema schema, BytesColumn to) {
    return new FieldReader(schema, to) {
      @Override
      void readValue(AvroInput in) throws Undecodable {
        int length = in.readLength();
        to.append(in.bytes(), in.skip(length), length);
      }
    };
  }

  private static FieldReader decimals(Schema schema, DecimalInput decimal, Column column) {
    return new FieldReader(schema, column) {
      @Override
      void readValue(AvroInput in) throws Undecodable {
        decimal.read(in);
        if (column instanceof IntColumn ints) {
          ints.append(decimal.unscaled().intValueExact());
        } else if (column instanceof LongColumn longs) {
          longs.append(decimal.unscaled().longValueExact());
        } else {
          BytesColumn fixed = (BytesColumn) column;
          fixed.append(decimal.bytes(fixed.width()));
        }
      }
    };
  }
}
