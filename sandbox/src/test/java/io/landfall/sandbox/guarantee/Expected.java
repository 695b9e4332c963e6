package io.landfall.sandbox.guarantee;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** What has to be in bronze, by the API's own word. */
public sealed interface Expected {

  /** The columns by which rows are compared with what the API says; none where they are not. */
  default List<String> columns() {
    return List.of();
  }

  /**
   * Items, each of which has rows of its own once it is finished.
   *
   * @param finished those that the API lists as finished, each with its day; all of them, whatever
   *     was asked for
   */
  record Items(Map<String, LocalDate> finished) implements Expected {
    public Items {
      finished = Map.copyOf(finished);
    }
  }

  /**
   * Records, whichever items they came by: what the API has now that it is still.
   *
   * @param records by the row's key, what the columns say of each, with slashes between; times are
   *     microseconds since 1970
   */
  record Records(List<String> columns, Map<String, String> records) implements Expected {
    public Records {
      columns = List.copyOf(columns);
      records = Map.copyOf(records);
    }
  }
}
