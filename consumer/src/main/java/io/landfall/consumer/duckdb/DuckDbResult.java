package io.landfall.consumer.duckdb;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.consumer.sql.CellText;
import io.landfall.consumer.sql.QueryResult;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What DuckDB found. */
final class DuckDbResult implements QueryResult {

  private static final JsonMapper JSON = new JsonMapper();

  private static final Set<Integer> NUMBERS =
      Set.of(
          Types.TINYINT,
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.FLOAT,
          Types.REAL,
          Types.DOUBLE,
          Types.DECIMAL,
          Types.NUMERIC);

  /** In UTC, with as many digits of a second as there are: as Spark shows it. */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("yyyy-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
          .toFormatter();

  private final ResultSet rows;
  private final List<Column> columns = new ArrayList<>();

  DuckDbResult(ResultSet rows) throws SQLException {
    this.rows = rows;
    ResultSetMetaData found = rows.getMetaData();
    for (int i = 1; i <= found.getColumnCount(); i++) {
      boolean isNumber =
          NUMBERS.contains(found.getColumnType(i)) || found.getColumnTypeName(i).endsWith("INT");
      columns.add(new Column(found.getColumnName(i), isNumber));
    }
  }

  /** EXPLAIN answers with a plan's name and the plan. */
  @Override
  public boolean isText() {
    return columns.get(columns.size() - 1).name().equals("explain_value");
  }

  @Override
  public List<Column> columns() {
    return List.copyOf(columns);
  }

  @Override
  public Iterator<List<@Nullable String>> rows(int most) {
    return new Rows<>(most) {
      @Override
      List<@Nullable String> row() throws SQLException {
        List<@Nullable String> cells = new ArrayList<>();
        for (int i = 1; i <= columns.size(); i++) {
          Object value = value(i);
          cells.add(value == null ? null : CellText.of(value));
        }
        return cells;
      }
    };
  }

  @Override
  public Iterator<String> json() {
    return new Rows<>(Integer.MAX_VALUE) {
      @Override
      String row() throws SQLException {
        ObjectNode row = JSON.createObjectNode();
        for (int i = 1; i <= columns.size(); i++) {
          put(row, columns.get(i - 1).name(), value(i));
        }
        return row.toString();
      }
    };
  }

  private static void put(ObjectNode row, String name, @Nullable Object value) {
    if (value instanceof Double number) {
      row.put(name, number);
    } else if (value instanceof Float number) {
      row.put(name, number);
    } else if (value instanceof BigDecimal number) {
      row.put(name, number);
    } else if (value instanceof BigInteger number) {
      row.put(name, number);
    } else if (value instanceof Number number) {
      row.put(name, number.longValue());
    } else if (value instanceof Boolean is) {
      row.put(name, is);
    } else if (value != null) {
      row.put(name, value.toString());
    }
  }

  private @Nullable Object value(int column) throws SQLException {
    Object value = rows.getObject(column);
    if (value instanceof OffsetDateTime time) {
      return TIME.format(time.withOffsetSameInstant(ZoneOffset.UTC));
    }
    if (value instanceof java.sql.Timestamp) {
      return TIME.format(rows.getObject(column, LocalDateTime.class));
    }
    if (value instanceof Blob blob) {
      return HexFormat.of().withUpperCase().formatHex(blob.getBytes(1, (int) blob.length()));
    }
    return value;
  }

  /** The result's rows from where it stands. */
  private abstract class Rows<T> implements Iterator<T> {
    private final int most;
    private int given;
    private @Nullable Boolean isThere;

    Rows(int most) {
      this.most = most;
    }

    abstract T row() throws SQLException;

    @Override
    public boolean hasNext() {
      try {
        if (isThere == null) {
          isThere = given < most && rows.next();
        }
        return isThere;
      } catch (SQLException e) {
        throw DuckDbSql.failed(e);
      }
    }

    @Override
    public T next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      isThere = null;
      given++;
      try {
        return row();
      } catch (SQLException e) {
        throw DuckDbSql.failed(e);
      }
    }
  }
}
