package io.landfall.consumer.bronze;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rows of a table's newest version, one after the other, in no order. */
public interface TableRows {

  /**
   * Reads some columns of every row.
   *
   * @param columns of text, bytes, integers or timestamps
   * @param action gets a row's values: {@link String}, {@code byte[]}, {@link Integer}, {@link
   *     Long}, timestamps as microseconds since 1970
   */
  void each(List<String> columns, Consumer<@Nullable Object[]> action);
}
