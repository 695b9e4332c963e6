package io.landfall.consumer.bronze;

import io.landfall.cli.LandfallException;
import io.landfall.cli.TableLocation;
import io.landfall.schemas.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    String found = table.property(TableProperties.DATASET);
    if (!found.equals(dataset.name())) {
      throw LandfallException.refused(
          "%s holds %s, not dataset %s. Nothing was written. Give another place with --table."
              .formatted(
                  location,
                  found.isEmpty() ? "a Delta table that is not Landfall's" : "dataset " + found,
                  dataset.name()));
    }
  }

  /** Refuses a table whose rows came from another topic. */
  public void requireTopic(TableDescription table, String topicId) {
    if (!table.topicId().equals(topicId)) {
      throw LandfallException.refused(
          "The table at %s was filled from topic %s with id %s, but the topic of that name in Kafka has id %s: it was deleted and created again, or this is another cluster. Offsets of the two have nothing to do with each other, so going on would leave out or double rows. Nothing was written. To land the new topic, give a new place with --table; the old table stays as it is."
              .formatted(
                  location, table.property(TableProperties.TOPIC), table.topicId(), topicId));
    }
  }

  /** Refuses a table that has lost its protection or gained what a plain append does not serve. */
  public void requireWritable(TableDescription table) {
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
    problems.addAll(columnProblems(table));
    if (!problems.isEmpty()) {
      throw LandfallException.refused(
          "The table at %s cannot be appended to; nothing was written:\n- %s"
              .formatted(location, String.join("\n- ", problems)));
    }
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
    for (Column column : found.values()) {
      if (!column.nullable()) {
        problems.add(
            "column %s may not be null, and the records have no such field: this release is older than the table"
                .formatted(column.name()));
      }
    }
    return problems;
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
