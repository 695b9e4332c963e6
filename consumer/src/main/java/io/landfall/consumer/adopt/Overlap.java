package io.landfall.consumer.adopt;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.row_number;

import io.landfall.cli.LandfallException;
import io.landfall.cli.Refusal;
import io.landfall.cli.RefusalReason;
import io.landfall.cli.TableLocation;
import io.landfall.consumer.bronze.BronzeSchema;
import io.landfall.consumer.landing.LandingStream;
import io.landfall.consumer.landing.Offsets;
import io.landfall.schemas.Dataset;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.storage.StorageLevel;

/**
 * Which records of a batch the table holds already, or the batch itself a second time: rows of the
 * same key and revision.
 */
final class Overlap implements AutoCloseable {

  /**
   * Where the first row of a key and revision stands for all the others; the table's come first.
   */
  private static final int NOWHERE = -1;

  private final Dataset dataset;
  private final TableLocation table;
  private final org.apache.spark.sql.Dataset<Row> keys;
  private final org.apache.spark.sql.Dataset<Row> again;
  private final Offsets ends;
  private final long known;

  private Overlap(
      Dataset dataset,
      TableLocation table,
      org.apache.spark.sql.Dataset<Row> keys,
      org.apache.spark.sql.Dataset<Row> again) {
    this.dataset = dataset;
    this.table = table;
    this.keys = keys;
    this.again = again;
    this.ends = ends(keys);
    this.known = again.agg(count(lit(1))).first().getLong(0);
  }

  static Overlap of(
      SparkSession spark,
      Dataset dataset,
      TableLocation table,
      org.apache.spark.sql.Dataset<Row> records) {
    org.apache.spark.sql.Dataset<Row> keys =
        records
            .mapPartitions(RecordKeys.of(dataset), Encoders.row(RecordKeys.COLUMNS))
            .persist(StorageLevel.MEMORY_AND_DISK());
    org.apache.spark.sql.Dataset<Row> there =
        spark.sql(
            "SELECT CAST(%1$d AS INT) AS partition, CAST(%1$d AS BIGINT) AS offset, array(%2$s) AS key, CAST(%3$s AS BIGINT) AS revision, %4$s AS hash FROM %5$s"
                .formatted(
                    NOWHERE,
                    dataset.key().stream()
                        .map(column -> RecordKeys.text(dataset, column))
                        .collect(Collectors.joining(", ")),
                    BronzeSchema.REVISION,
                    BronzeSchema.CONTENT_HASH,
                    table.sql()));
    org.apache.spark.sql.Dataset<Row> asked =
        keys.select(col("key").as("k"), col("revision").as("r"));
    WindowSpec same = Window.partitionBy("key", "revision").orderBy("partition", "offset");
    org.apache.spark.sql.Dataset<Row> again =
        keys.filter("key IS NOT NULL")
            .union(
                there.join(
                    asked,
                    there
                        .col("key")
                        .equalTo(asked.col("k"))
                        .and(there.col("revision").equalTo(asked.col("r"))),
                    "left_semi"))
            .withColumn("place", row_number().over(same))
            .withColumn("held", first("hash").over(same))
            .filter("place > 1 AND partition >= 0")
            .persist(StorageLevel.MEMORY_AND_DISK());
    return new Overlap(dataset, table, keys, again);
  }

  private static Offsets ends(org.apache.spark.sql.Dataset<Row> keys) {
    TreeMap<Integer, Long> ends = new TreeMap<>();
    for (Row partition : keys.groupBy("partition").agg(max("offset")).collectAsList()) {
      ends.put(partition.getInt(0), partition.getLong(1) + 1);
    }
    return new Offsets(ends);
  }

  /** How many records are not to be appended. */
  long known() {
    return known;
  }

  /** The offset behind the last record of each partition. */
  Offsets ends() {
    return ends;
  }

  /** The records that are new to the table. */
  org.apache.spark.sql.Dataset<Row> without(org.apache.spark.sql.Dataset<Row> records) {
    org.apache.spark.sql.Dataset<Row> known =
        again.select(col("partition").as("p"), col("offset").as("o"));
    return LandingStream.inOrder(
        records.join(
            known,
            records
                .col("partition")
                .equalTo(known.col("p"))
                .and(records.col("offset").equalTo(known.col("o"))),
            "left_anti"));
  }

  /**
   * Refuses a record that has a row's key and revision, and other content.
   *
   * @throws LandfallException if there is one
   */
  void requireNoConflict() {
    org.apache.spark.sql.Dataset<Row> others = again.filter("NOT (hash <=> held)");
    List<Row> first = others.orderBy("partition", "offset").limit(1).collectAsList();
    if (!first.isEmpty()) {
      throw conflict(first.get(0), others.count()).exception();
    }
  }

  private Refusal conflict(Row first, long all) {
    List<String> key = first.getList(first.fieldIndex("key"));
    StringBuilder row = new StringBuilder();
    for (int i = 0; i < key.size(); i++) {
      row.append(i == 0 ? "" : ", ").append(dataset.key().get(i)).append('=').append(key.get(i));
    }
    return new Refusal(
        RefusalReason.CONFLICTING_ROWS,
        "Topic %s, partition %d, offset %d has revision %d of the row %s with content hash %s, and the table at %s holds the same revision with content hash %s; %,d records of this batch are such."
            .formatted(
                dataset.landing().name(),
                first.<Integer>getAs("partition"),
                first.<Long>getAs("offset"),
                first.<Long>getAs("revision"),
                row,
                first.<String>getAs("hash"),
                table,
                first.<String>getAs("held"),
                all),
        "Appended, one revision would stand twice and say two things; left out, what the topic says would be lost.",
        "The table holds everything before this batch, and cannot go on with this topic. Land the topic in a new table: landfall consumer run --table NEW; or make the topic anew with those rows as the table has them, or as later revisions, and adopt that one: landfall consumer run --adopt-topic --table %s"
            .formatted(table));
  }

  @Override
  public void close() {
    again.unpersist();
    keys.unpersist();
  }
}
