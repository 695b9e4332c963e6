package io.landfall.sandbox.guarantee;

import io.landfall.sandbox.bronze.KernelTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One row as far as the promises speak of it. */
public record BronzeRow(
    String playerId,
    int gameId,
    String situation,
    int revision,
    String operation,
    String contentHash,
    String topicId,
    int partition,
    long offset) {

  /** The rows of a table, read with Delta Kernel. */
  static List<BronzeRow> of(Path table) {
    return new KernelTable(table)
            .rows(
                "playerId",
                "gameId",
                "situation",
                "_revision",
                "_operation",
                "_content_hash",
                "_topic_id",
                "_partition",
                "_offset")
            .stream()
            .map(BronzeRow::of)
            .toList();
  }

  private static BronzeRow of(Map<String, @Nullable Object> row) {
    return new BronzeRow(
        value(row, "playerId", String.class),
        value(row, "gameId", Integer.class),
        value(row, "situation", String.class),
        value(row, "_revision", Integer.class),
        value(row, "_operation", String.class),
        value(row, "_content_hash", String.class),
        value(row, "_topic_id", String.class),
        value(row, "_partition", Integer.class),
        value(row, "_offset", Long.class));
  }

  private static <T> T value(Map<String, @Nullable Object> row, String column, Class<T> type) {
    return type.cast(Objects.requireNonNull(row.get(column), () -> column + " is null in " + row));
  }

  /** What tells a row from every other: its key and its revision. */
  public String keyAndRevision() {
    return "%s/%d/%s revision %d".formatted(playerId, gameId, situation, revision);
  }
}
