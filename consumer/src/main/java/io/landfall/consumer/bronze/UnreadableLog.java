package io.landfall.consumer.bronze;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkThrowable;

/** What Delta throws about a log whose files are there and hold something else than a log. */
final class UnreadableLog {

  private static final String UNREADABLE_FILE = "FAILED_READ_FILE";

  /** Delta's conditions for a log that does not add up to a table. */
  private static final List<String> NO_TABLE =
      List.of(
          "DELTA_STATE_RECOVER_ERROR",
          "DELTA_VERSIONS_NOT_CONTIGUOUS",
          "DELTA_LOG_FILE_NOT_FOUND",
          "DELTA_MISSING_PART_FILES",
          "DELTA_TRUNCATED_TRANSACTION_LOG");

  private UnreadableLog() {}

  /** The problem that an exception tells of; empty if it tells of something else. */
  static Optional<String> in(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SparkThrowable said && said.getCondition() != null) {
        String condition = said.getCondition();
        if (condition.startsWith(UNREADABLE_FILE)) {
          return Optional.of(file(said.getMessageParameters()) + " cannot be read");
        }
        if (NO_TABLE.stream().anyMatch(condition::startsWith)) {
          return Optional.of("it does not add up to a table (%s)".formatted(condition));
        }
      }
      if (cause instanceof JsonProcessingException) {
        return Optional.of("a commit is no JSON");
      }
    }
    return Optional.empty();
  }

  private static String file(Map<String, String> parameters) {
    String path = parameters.getOrDefault("path", "a file");
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
