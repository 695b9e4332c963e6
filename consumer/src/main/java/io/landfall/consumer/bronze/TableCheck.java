package io.landfall.consumer.bronze;

import io.landfall.cli.Refusal;
import io.landfall.cli.RefusalReason;
import io.landfall.cli.TableLocation;
import io.landfall.schemas.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Whether a Delta table is the one that a dataset may be appended to. */
public final class TableCheck {

  /**
   * What a table may have switched on without an appended file having to be any different. With
   * others (column mapping, constraints, row ids and so on) a plain file would break the table.
   */
  private static final Set<String> WRITABLE =
      Set.of(
          "appendOnly",
          "invariants",
          "inCommitTimestamp",
          "v2Checkpoint",
          "checkpointProtection",
          "vacuumProtocolCheck",
          "changeDataFeed",
          "deletionVectors",
          "clustering",
          "domainMetadata",
          "timestampNtz");

  private final TableLocation location;
  private final Dataset dataset;
  private final StructType wanted;

  public TableCheck(TableLocation location, Dataset dataset) {
    this.location = location;
    this.dataset = dataset;
    this.wanted = BronzeSchema.columns(dataset.schema());
  }

  /** Refuses a table of something else. */
  public void requireDataset(TableDescription table) {
    Refusal.requireNone(otherDataset(table));
  }

  /** A table of something else. */
  public Optional<Refusal> otherDataset(TableDescription table) {
    String found = table.property(TableProperties.DATASET);
    return found.equals(dataset.name())
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                found.isEmpty() ? RefusalReason.NOT_OURS : RefusalReason.OTHER_TABLE,
                "%s holds %s, not dataset %s."
                    .formatted(
                        location,
                        found.isEmpty()
                            ? "a Delta table that is not Landfall's"
                            : "dataset " + found,
                        dataset.name()),
                "Rows of two kinds would be in one table.",
                found.isEmpty()
                    ? "Give another place: landfall consumer run --table NEW"
                    : "Give another place, landfall consumer run --table NEW, or say that it is meant (rows of topic %s): --dataset"
                        .formatted(table.property(TableProperties.TOPIC))));
  }

  /** Refuses a table whose rows came from another topic. */
  public void requireTopic(TableDescription table, String topicId) {
    Refusal.requireNone(otherTopic(table, topicId));
  }

  /** A table whose rows came from another topic. */
  public Optional<Refusal> otherTopic(TableDescription table, String topicId) {
    return table.topicId().equals(topicId)
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                RefusalReason.TOPIC_RECREATED,
                "The table at %s was filled from topic %s with id %s, but the topic of that name in Kafka has id %s: it was deleted and created again, or this is another cluster."
                    .formatted(
                        location, table.property(TableProperties.TOPIC), table.topicId(), topicId),
                "Offsets of the two have nothing to do with each other, so going on would leave out or double rows.",
                "If the topic was made anew and the table is to go on with it, without appending again what it holds: landfall consumer run --adopt-topic --table %s (or land the new topic in a new place with --table; the old table stays as it is)."
                    .formatted(location)));
  }

  /** A table that has lost its protection or gained what a plain append does not serve. */
  public Optional<Refusal> unwritable(TableDescription table) {
    List<String> problems = new ArrayList<>();
    if (!table.property(TableProperties.APPEND_ONLY).equals("true")) {
      problems.add(
          "property delta.appendOnly is not true, so that rows may have been changed: ALTER TABLE %s SET TBLPROPERTIES ('delta.appendOnly' = 'true') when you are sure that they were not"
              .formatted(location.sql()));
    }
    if (!table.partitionColumns().isEmpty()) {
      problems.add("it is partitioned by " + String.join(", ", table.partitionColumns()));
    }
    TreeSet<String> features = new TreeSet<>(table.features());
    features.removeAll(WRITABLE);
    if (!features.isEmpty()) {
      problems.add(
          "it has features that this release cannot serve: " + String.join(", ", features));
    }
    List<String> newer = newerColumns(table);
    problems.addAll(columnProblems(table));
    problems.addAll(newer);
    return problems.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                problems.size() == newer.size()
                    ? RefusalReason.UNKNOWN_SCHEMA
                    : RefusalReason.UNWRITABLE_TABLE,
                "The table at %s cannot be appended to:\n- %s\n"
                    .formatted(location, String.join("\n- ", problems)),
                "Rows would be incomplete, or the table broken for its readers.",
                "Mend what is named, or land the topic in a new table: landfall consumer run --table NEW"));
  }

  private List<String> columnProblems(TableDescription table) {
    Map<String, Column> found =
        table.columns().stream().collect(Collectors.toMap(Column::name, Function.identity()));
    List<String> problems = new ArrayList<>();
    for (StructField field : wanted.fields()) {
      Column column = Column.of(field);
      Column there = found.remove(column.name());
      if (there == null) {
        if (!column.nullable()) {
          problems.add(
              "column %s is missing, and cannot be added because it may not be null"
                  .formatted(column.name()));
        }
      } else if (!there.type().equals(column.type())) {
        problems.add(
            "column %s is %s, and the records have %s"
                .formatted(column.name(), there.type(), column.type()));
      } else if (column.nullable() && !there.nullable()) {
        problems.add("column %s may not be null, and the records' may".formatted(column.name()));
      }
    }
    return problems;
  }

  private List<String> newerColumns(TableDescription table) {
    Set<String> known = Set.of(wanted.fieldNames());
    return table.columns().stream()
        .filter(column -> !column.nullable() && !known.contains(column.name()))
        .map(
            column ->
                "column %s may not be null, and the records have no such field: this release is older than the table"
                    .formatted(column.name()))
        .toList();
  }

  /** Columns of the records that the table does not have yet. */
  public List<StructField> missing(TableDescription table) {
    Set<String> there = table.columns().stream().map(Column::name).collect(Collectors.toSet());
    List<StructField> missing = new ArrayList<>();
    for (StructField column : wanted.fields()) {
      if (!there.contains(column.name())) {
        missing.add(column);
      }
    }
    return missing;
  }
}
