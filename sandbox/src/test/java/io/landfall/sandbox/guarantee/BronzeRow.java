package io.landfall.sandbox.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.sandbox.bronze.KernelTable;
import io.landfall.schemas.Dataset;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One row as far as the promises speak of it.
 *
 * @param item the key of the item that it is of
 * @param key the values of the dataset's key, with slashes between
 * @param says the values of some further columns, with slashes between; empty in a retraction
 */
public record BronzeRow(
    String item,
    String key,
    String says,
    int revision,
    String operation,
    String contentHash,
    String topicId,
    int partition,
    long offset) {

  private static final String RETRACT = "RETRACT";

  /**
   * The rows of a table, read with Delta Kernel.
   *
   * @param item the columns that make an item's key, with slashes between
   * @param says the further columns
   */
  static List<BronzeRow> of(Path table, Dataset dataset, List<String> item, List<String> says) {
    String[] columns =
        Stream.of(
                dataset.key().stream(),
                item.stream(),
                says.stream(),
                Stream.of(
                    "_revision",
                    "_operation",
                    "_content_hash",
                    "_topic_id",
                    "_partition",
                    "_offset"))
            .flatMap(names -> names)
            .distinct()
            .toArray(String[]::new);
    return new KernelTable(table)
        .rows(columns).stream().map(row -> of(row, dataset.key(), item, says)).toList();
  }

  /**
   * Where each row of a table came from, with the hash of what it says.
   *
   * @throws AssertionError if two rows came from one record, or from two topics
   */
  public static Set<String> origins(Path table) {
    Set<String> origins = new HashSet<>();
    Set<String> topics = new HashSet<>();
    new KernelTable(table)
        .forEach(
            row -> {
              topics.add(value(row, "_topic_id", String.class));
              String origin =
                  origin(
                      value(row, "_partition", Integer.class),
                      value(row, "_offset", Long.class),
                      value(row, "_content_hash", String.class));
              assertThat(origins.add(origin)).as("%s stands there once", origin).isTrue();
            },
            "_topic_id",
            "_partition",
            "_offset",
            "_content_hash");
    assertThat(topics).as("topics that rows of %s came from", table).hasSize(1);
    return origins;
  }

  static String origin(int partition, long offset, Object contentHash) {
    return partition + "@" + offset + " " + contentHash;
  }

  private static BronzeRow of(
      Map<String, @Nullable Object> row, List<String> key, List<String> item, List<String> says) {
    String operation = value(row, "_operation", String.class);
    return new BronzeRow(
        joined(row, item),
        joined(row, key),
        operation.equals(RETRACT) ? "" : joined(row, says),
        value(row, "_revision", Integer.class),
        operation,
        value(row, "_content_hash", String.class),
        value(row, "_topic_id", String.class),
        value(row, "_partition", Integer.class),
        value(row, "_offset", Long.class));
  }

  private static String joined(Map<String, @Nullable Object> row, List<String> columns) {
    return columns.stream()
        .map(column -> value(row, column, Object.class).toString())
        .collect(Collectors.joining("/"));
  }

  private static <T> T value(Map<String, @Nullable Object> row, String column, Class<T> type) {
    return type.cast(Objects.requireNonNull(row.get(column), () -> column + " is null in " + row));
  }

  boolean isRetraction() {
    return operation.equals(RETRACT);
  }

  /** What tells a row from every other: its key and its revision. */
  public String keyAndRevision() {
    return "%s revision %d".formatted(key, revision);
  }
}
