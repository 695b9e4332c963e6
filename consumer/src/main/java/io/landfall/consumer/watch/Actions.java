package io.landfall.consumer.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.landfall.consumer.bronze.CommitInfo;
import io.landfall.consumer.bronze.FileChanges;
import io.landfall.consumer.bronze.FileChanges.Files;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The actions of one commit, taken up line by line. */
final class Actions {

  private static final JsonMapper JSON = new JsonMapper();

  private final Definition definition = new Definition();
  private CommitInfo info = CommitInfo.NONE;
  private Files added = Files.NONE;
  private Files removed = Files.NONE;
  private Files written = Files.NONE;
  private Files replaced = Files.NONE;
  private final Set<String> named = new HashSet<>();
  private boolean marked;
  private boolean none = true;

  void take(JsonNode line) {
    none = false;
    for (Map.Entry<String, JsonNode> action : line.properties()) {
      JsonNode said = action.getValue();
      switch (action.getKey()) {
        case "commitInfo" -> info = info(said);
        case "add" -> {
          // Where it does not say, rows may have changed.
          if (said.path("dataChange").asBoolean(true)) {
            added = added.plus(rows(said));
          } else {
            written = written.plus(rows(said));
            named.add(said.path("path").asText());
            marked |= said.path("deletionVector").isObject();
          }
        }
        case "remove" -> {
          if (said.path("dataChange").asBoolean(true)) {
            removed = removed.plus(rows(said));
          } else {
            replaced = replaced.plus(rows(said));
          }
        }
        case "metaData" -> definition.takeMetadata(said);
        case "protocol" -> definition.takeProtocol(said);
        default -> {
          // Transactions, domains and change data neither bring nor take rows.
        }
      }
    }
  }

  boolean areNone() {
    return none;
  }

  CommitInfo info() {
    return info;
  }

  FileChanges files() {
    return new FileChanges(added, removed, written, replaced);
  }

  /** The files that it names as if the table had them, if that may be so with each of them. */
  Optional<Set<String>> namedAnew() {
    return named.isEmpty() || marked || !replaced.isEmpty() ? Optional.empty() : Optional.of(named);
  }

  /** The same, of a commit that only names files anew that the table has: no row came of it. */
  FileChanges filesWithoutNamedAnew() {
    return new FileChanges(added, removed, Files.NONE, Files.NONE);
  }

  Definition definition() {
    return definition;
  }

  /** The rows of a file that are not marked as deleted, if it tells. */
  private static OptionalLong rows(JsonNode file) {
    JsonNode statistics = file.path("stats");
    if (!statistics.isTextual()) {
      return OptionalLong.empty();
    }
    try {
      JsonNode rows = JSON.readTree(statistics.asText()).path("numRecords");
      return rows.isIntegralNumber()
          ? OptionalLong.of(
              rows.asLong() - file.path("deletionVector").path("cardinality").asLong(0))
          : OptionalLong.empty();
    } catch (JsonProcessingException e) {
      // Statistics are a hint: without them it is not known how many.
      return OptionalLong.empty();
    }
  }

  private static CommitInfo info(JsonNode said) {
    Map<String, String> parameters = new LinkedHashMap<>();
    said.path("operationParameters")
        .properties()
        .forEach(
            parameter -> {
              if (!parameter.getValue().isNull()) {
                parameters.put(parameter.getKey(), text(parameter.getValue()));
              }
            });
    JsonNode when =
        said.path("inCommitTimestamp").isIntegralNumber()
            ? said.path("inCommitTimestamp")
            : said.path("timestamp");
    return new CommitInfo(
        said.path("operation").asText(),
        parameters,
        who(said),
        when.isIntegralNumber()
            ? Optional.of(Instant.ofEpochMilli(when.asLong()))
            : Optional.empty(),
        said.path("userMetadata").isTextual()
            ? Optional.of(said.path("userMetadata").asText())
            : Optional.empty());
  }

  private static String text(JsonNode value) {
    return value.isValueNode() ? value.asText() : value.toString();
  }

  private static String who(JsonNode said) {
    return CommitAuthor.of(
        said.path("userName").asText(),
        said.path("userId").asText(),
        said.path("clusterId").asText(),
        said.path("notebook").path("notebookId").asText(),
        said.path("job").path("jobId").asText(),
        said.path("engineInfo").asText());
  }
}
