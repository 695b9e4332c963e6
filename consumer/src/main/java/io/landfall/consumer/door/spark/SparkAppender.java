package io.landfall.consumer.door.spark;

import static org.apache.spark.sql.functions.expr;

import io.landfall.cli.TableLocation;
import io.landfall.consumer.bronze.BronzeSchema;
import io.landfall.consumer.bronze.RowLayout;
import io.landfall.consumer.bronze.TableDescription;
import io.landfall.consumer.bronze.TableProperties;
import io.landfall.consumer.bronze.Transaction;
import io.landfall.consumer.door.Batch;
import io.landfall.consumer.door.NewColumns;
import io.landfall.consumer.door.Protocol;
import io.landfall.schemas.Dataset;
import java.util.ConcurrentModificationException;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** A table that Spark's writer appends to. For one thread. */
final class SparkAppender {

  private final SparkSession spark;
  private final Dataset dataset;
  private final TableLocation location;
  private final Predicate<String> leftovers;
  private final SparkTable table;
  private final StructType columns;
  private final Protocol protocol;
  private final Set<String> schemasAside;

  /**
   * @param leftovers by their names, files that the other door may have left before there was a
   *     table
   * @param schemasAside fingerprints of unknown schemas, records of which are set aside
   */
  SparkAppender(
      SparkSession spark,
      Dataset dataset,
      TableLocation location,
      Predicate<String> leftovers,
      Set<String> schemasAside) {
    this.spark = spark;
    this.dataset = dataset;
    this.location = location;
    this.leftovers = leftovers;
    this.table = new SparkTable(spark, location);
    this.columns = BronzeSchema.columns(dataset.schema());
    this.protocol = new Protocol(location, dataset);
    this.schemasAside = Set.copyOf(schemasAside);
  }

  SparkTable table() {
    return table;
  }

  Protocol protocol() {
    return protocol;
  }

  /**
   * Makes sure of the table: created where there is none, with the columns of the newest schema.
   *
   * @param check refuses what cannot be appended to
   */
  TableDescription open(String topicId, Consumer<TableDescription> check) {
    for (int attempt = 0; attempt < Protocol.ATTEMPTS; attempt++) {
      try {
        if (!table.exists()) {
          protocol.requireNotGone();
          NewTable.create(
              spark, dataset, location, TableProperties.of(dataset, topicId), leftovers);
        }
        TableDescription described = table.describe();
        check.accept(described);
        var missing = protocol.missing(described);
        if (missing.isEmpty()) {
          return described;
        }
        NewColumns.add(spark, location, missing);
      } catch (ConcurrentModificationException e) {
        // Another writer created or changed it in this moment; what it left is looked at again.
      }
    }
    throw protocol.busy();
  }

  RowLayout layout(Batch batch) {
    return RowLayout.of(dataset, batch.topicId(), batch.beganMicros(), schemasAside);
  }

  /** Records as the tasks of a batch take them: with microseconds in place of timestamps. */
  static org.apache.spark.sql.Dataset<Row> slices(
      SparkSession spark, org.apache.spark.sql.Dataset<Row> records, Batch batch) {
    return records
        .withColumn("timestamp", expr("unix_micros(timestamp)"))
        .coalesce(batch.tasks(spark.sparkContext().defaultParallelism()));
  }

  /**
   * Rows in the table's columns.
   *
   * @param without whether records that are no rows are left out
   */
  org.apache.spark.sql.Dataset<Row> rows(
      org.apache.spark.sql.Dataset<Row> slices, Batch batch, boolean without) {
    return slices
        .mapPartitions(new RecordRows(layout(batch), without), Encoders.row(RowColumns.of(columns)))
        .select(RowColumns.ofTable(columns));
  }

  void write(org.apache.spark.sql.Dataset<Row> rows, Transaction transaction, String note) {
    DataFrameWriter<Row> writer =
        rows.write()
            .format("delta")
            .mode("append")
            .option("compression", "zstd")
            .option("txnAppId", transaction.applicationId())
            .option("txnVersion", transaction.version())
            .option("userMetadata", note);
    if (location instanceof TableLocation.Folder) {
      writer.save(location.toString());
    } else {
      writer.saveAsTable(location.sql());
    }
  }

  /**
   * Appends rows, unless somebody did so who began from the same version or a newer one.
   *
   * @param note that no other commit has
   * @return whether they are there
   */
  boolean add(org.apache.spark.sql.Dataset<Row> rows, long version, String topicId, String note) {
    try {
      write(rows, Transaction.onTopOf(topicId, version), note);
    } catch (ConcurrentModificationException e) {
      return false;
    }
    // Delta passes over a transaction that it has seen without a word.
    return table.hasCommit(note);
  }
}
