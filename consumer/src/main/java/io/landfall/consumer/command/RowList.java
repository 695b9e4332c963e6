package io.landfall.consumer.command;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.consumer.sql.QueryResult;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A few rows to print that no query found. */
final class RowList implements QueryResult {

  private static final JsonMapper JSON = new JsonMapper();

  private final List<Column> columns;
  private final List<List<@Nullable Object>> rows = new ArrayList<>();

  RowList(List<Column> columns) {
    this.columns = List.copyOf(columns);
  }

  static Column text(String name) {
    return new Column(name, false);
  }

  static Column number(String name) {
    return new Column(name, true);
  }

  /**
   * A row.
   *
   * @param cells numbers as such; a cell may be null
   */
  RowList add(@Nullable Object... cells) {
    List<@Nullable Object> row = new ArrayList<>();
    for (@Nullable Object cell : cells) {
      row.add(cell);
    }
    rows.add(row);
    return this;
  }

  @Override
  public boolean isText() {
    return false;
  }

  @Override
  public List<Column> columns() {
    return columns;
  }

  @Override
  public Iterator<List<@Nullable String>> rows(int most) {
    List<List<@Nullable String>> texts = new ArrayList<>();
    for (List<@Nullable Object> row : rows.subList(0, Math.min(most, rows.size()))) {
      List<@Nullable String> cells = new ArrayList<>();
      for (@Nullable Object cell : row) {
        cells.add(cell == null ? null : cell.toString());
      }
      texts.add(cells);
    }
    return texts.iterator();
  }

  @Override
  public Iterator<String> json() {
    return rows.stream().map(this::json).iterator();
  }

  private String json(List<@Nullable Object> row) {
    ObjectNode object = JSON.createObjectNode();
    for (int i = 0; i < columns.size(); i++) {
      @Nullable Object cell = row.get(i);
      if (cell != null) {
        object.set(columns.get(i).name(), JSON.valueToTree(cell));
      }
    }
    return object.toString();
  }
}
