package io.landfall.consumer.sql;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a statement found; its rows can be asked for once. */
public interface QueryResult {

  /** A column's name, and whether numbers stand in it. */
  record Column(String name, boolean isNumber) {}

  /** Whether its last column is text of several lines, meant to be read as such: a plan. */
  boolean isText();

  /** In the order of a row's cells. */
  List<Column> columns();

  /**
   * The rows, each cell as text or null.
   *
   * @param most no more than these are asked for
   */
  Iterator<List<@Nullable String>> rows(int most);

  /** The rows, each as one JSON object without the cells that are null. */
  Iterator<String> json();
}
