package io.landfall.consumer.bronze;

import io.landfall.program.Stop;
import io.landfall.schemas.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.delta.actions.Metadata;
import org.apache.spark.sql.delta.actions.Protocol;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** Whether a Delta table is the one that a dataset may be appended to. */
final class TableCheck {

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

  private final String path;
  private final Dataset dataset;
  private final StructType wanted;

  TableCheck(String path, Dataset dataset, StructType wanted) {
    this.path = path;
    this.dataset = dataset;
    this.wanted = wanted;
  }

  /** Refuses a table of something else. */
  void requireDataset(Metadata metadata) {
    String found = property(metadata, TableProperties.DATASET);
    if (!found.equals(dataset.name())) {
      throw Stop.refused(
          "%s holds %s, not dataset %s. Nothing was written. Give another folder with --table."
              .formatted(
                  path,
                  found.isEmpty() ? "a Delta table that is not Landfall's" : "dataset " + found,
                  dataset.name()));
    }
  }

  /** Refuses a table whose rows came from another topic. */
  void requireTopic(Metadata metadata, String topicId, String topicDescription) {
    String found = property(metadata, TableProperties.TOPIC_ID);
    if (!found.equals(topicId)) {
      throw Stop.refused(
          "The table at %s was filled from topic %s with id %s, but the topic of that name in Kafka has id %s: it was deleted and created again, or this is another cluster. %s Offsets of the two have nothing to do with each other, so going on would leave out or double rows. Nothing was written. To land the new topic, give a new folder with --table; the old table stays as it is."
              .formatted(
                  path,
                  property(metadata, TableProperties.TOPIC),
                  found,
                  topicId,
                  topicDescription));
    }
  }

  /** Refuses a table that has lost its protection or gained what a plain append does not serve. */
  void requireWritable(Metadata metadata, Protocol protocol) {
    List<String> problems = new ArrayList<>();
    if (!property(metadata, TableProperties.APPEND_ONLY).equals("true")) {
      problems.add(
          "property delta.appendOnly is not true, so that rows may have been changed: ALTER TABLE delta.`%s` SET TBLPROPERTIES ('delta.appendOnly' = 'true') when you are sure that they were not"
              .formatted(path));
    }
    if (!metadata.partitionColumns().isEmpty()) {
      problems.add("it is partitioned by " + metadata.partitionColumns().mkString(", "));
    }
    TreeSet<String> features = new TreeSet<>();
    CollectionConverters.asJava(protocol.implicitlyAndExplicitlySupportedFeatures())
        .forEach(feature -> features.add(feature.name()));
    features.removeAll(WRITABLE);
    if (!features.isEmpty()) {
      problems.add(
          "it has features that this release cannot serve: " + String.join(", ", features));
    }
    problems.addAll(columnProblems(metadata.schema()));
    if (!problems.isEmpty()) {
      throw Stop.refused(
          "The table at %s cannot be appended to; nothing was written:\n- %s"
              .formatted(path, String.join("\n- ", problems)));
    }
  }

  private List<String> columnProblems(StructType found) {
    List<String> problems = new ArrayList<>();
    for (StructField column : wanted.fields()) {
      if (!has(found, column.name())) {
        if (!column.nullable()) {
          problems.add(
              "column %s is missing, and cannot be added because it may not be null"
                  .formatted(column.name()));
        }
        continue;
      }
      StructField there = found.apply(column.name());
      if (!there.dataType().equals(column.dataType())) {
        problems.add(
            "column %s is %s, and the records have %s"
                .formatted(column.name(), there.dataType().sql(), column.dataType().sql()));
      } else if (column.nullable() && !there.nullable()) {
        problems.add("column %s may not be null, and the records' may".formatted(column.name()));
      }
    }
    for (StructField column : found.fields()) {
      if (!has(wanted, column.name()) && !column.nullable()) {
        problems.add(
            "column %s may not be null, and the records have no such field: this release is older than the table"
                .formatted(column.name()));
      }
    }
    return problems;
  }

  /** Columns of the records that the table does not have yet. */
  List<StructField> missing(Metadata metadata) {
    List<StructField> missing = new ArrayList<>();
    for (StructField column : wanted.fields()) {
      if (!has(metadata.schema(), column.name())) {
        missing.add(column);
      }
    }
    return missing;
  }

  private static boolean has(StructType columns, String name) {
    return !columns.getFieldIndex(name).isEmpty();
  }

  static String property(Metadata metadata, String key) {
    Option<String> value = metadata.configuration().get(key);
    return value.isEmpty() ? "" : value.get();
  }
}
