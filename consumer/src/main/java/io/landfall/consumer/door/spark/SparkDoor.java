package io.landfall.consumer.door.spark;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.landfall.cli.LandfallException;
import io.landfall.cli.TableLocation;
import io.landfall.consumer.bronze.BronzeSchema;
import io.landfall.consumer.bronze.CommitNote;
import io.landfall.consumer.bronze.RowLayout;
import io.landfall.consumer.bronze.TableDescription;
import io.landfall.consumer.bronze.TableProperties;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.bronze.Transaction;
import io.landfall.consumer.door.Batch;
import io.landfall.consumer.door.Door;
import io.landfall.consumer.door.NewColumns;
import io.landfall.consumer.door.NewFolder;
import io.landfall.consumer.door.Outcome;
import io.landfall.consumer.door.Protocol;
import io.landfall.consumer.landing.Offsets;
import io.landfall.schemas.Dataset;
import java.util.ConcurrentModificationException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Rows of Spark's, appended by Spark's own writer. */
public final class SparkDoor implements Door {

  private final SparkSession spark;
  private final Dataset dataset;
  private final TableLocation location;
  private final SparkTable table;
  private final StructType columns;
  private final Protocol protocol;

  public SparkDoor(SparkSession spark, Dataset dataset, TableLocation location) {
    this.spark = spark;
    this.dataset = dataset;
    this.location = location;
    this.table = new SparkTable(spark, location);
    this.columns = BronzeSchema.columns(dataset.schema());
    this.protocol = new Protocol(location, dataset);
  }

  @Override
  public String name() {
    return "spark";
  }

  @Override
  public SparkTable table() {
    return table;
  }

  @Override
  public TableState open(String topicId) {
    for (int attempt = 0; attempt < Protocol.ATTEMPTS; attempt++) {
      try {
        if (!table.exists()) {
          protocol.requireNotGone();
          create(topicId);
        }
        TableDescription described = table.describe();
        protocol.requireOurs(described);
        TableState state = protocol.require(described, table.state(described), topicId);
        var missing = protocol.missing(described);
        if (missing.isEmpty()) {
          return state;
        }
        NewColumns.add(spark, location, missing);
      } catch (ConcurrentModificationException e) {
        // Another writer created or changed it in this moment; what it left is looked at again.
      }
    }
    throw protocol.busy();
  }

  private void create(String topicId) {
    if (location instanceof TableLocation.Folder folder) {
      NewFolder.require(folder, spark.sparkContext().hadoopConfiguration());
    }
    // Delta's own builder takes no name of three parts on older runtimes.
    spark.sql(
        "CREATE TABLE IF NOT EXISTS %s (%s) USING delta%s TBLPROPERTIES (%s)"
            .formatted(
                location.sql(),
                columns.toDDL(),
                Optional.ofNullable(dataset.schema().getDoc())
                    .map(doc -> " COMMENT " + text(doc))
                    .orElse(""),
                TableProperties.of(dataset, topicId).entrySet().stream()
                    .map(property -> text(property.getKey()) + " = " + text(property.getValue()))
                    .collect(Collectors.joining(", "))));
  }

  private static String text(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  @Override
  public Outcome append(org.apache.spark.sql.Dataset<Row> records, Batch batch) {
    TreeMap<Integer, Long> ends = new TreeMap<>();
    long rows = 0;
    // Where the rows end must be known before the commit that says so.
    for (Row partition :
        records
            .groupBy("partition")
            .agg(max("offset"), count(lit(1)))
            .coalesce(1)
            .collectAsList()) {
      ends.put(partition.getInt(0), partition.getLong(1) + 1);
      rows += partition.getLong(2);
    }
    return rows == 0 ? new Outcome.Empty() : commit(records, batch, new Offsets(ends), rows);
  }

  private Outcome commit(
      org.apache.spark.sql.Dataset<Row> records, Batch batch, Offsets ends, long rows) {
    for (int attempt = 0; attempt < Protocol.ATTEMPTS; attempt++) {
      requireThere();
      TableDescription described = table.describe();
      TableState state = table.state(described);
      CommitNote note = protocol.note(batch, described.applicationId(), ends).seen(state.version());
      Optional<Outcome> before = protocol.decided(described, state, note, rows);
      if (before.isPresent()) {
        return before.get();
      }
      try {
        write(
            rows(records, batch), Transaction.from(described.applicationId(), batch.from()), note);
      } catch (ConcurrentModificationException e) {
        // Another commit came first. Whether the rows still fit is for the next look to say.
        continue;
      }
      requireThere();
      TableDescription after = table.describe();
      return protocol
          .decided(after, table.state(after), note, rows)
          .orElseThrow(() -> passedOver(note));
    }
    throw protocol.busy();
  }

  private void requireThere() {
    if (!table.exists()) {
      protocol.requireNotGone();
    }
  }

  private org.apache.spark.sql.Dataset<Row> rows(
      org.apache.spark.sql.Dataset<Row> records, Batch batch) {
    RowLayout layout =
        new RowLayout(
            dataset.schema().toString(),
            BronzeSchema.statisticsColumns(dataset),
            batch.topicId(),
            batch.beganMicros());
    return records
        .withColumn("timestamp", expr("unix_micros(timestamp)"))
        .coalesce(batch.tasks(spark.sparkContext().defaultParallelism()))
        .mapPartitions(new RecordRows(layout), Encoders.row(RowColumns.of(columns)))
        .select(RowColumns.ofTable(columns));
  }

  private void write(
      org.apache.spark.sql.Dataset<Row> rows, Transaction transaction, CommitNote note) {
    DataFrameWriter<Row> writer =
        rows.write()
            .format("delta")
            .mode("append")
            .option("compression", "zstd")
            .option("txnAppId", transaction.applicationId())
            .option("txnVersion", transaction.version())
            .option("userMetadata", note.json());
    if (location instanceof TableLocation.Folder) {
      writer.save(location.toString());
    } else {
      writer.saveAsTable(location.sql());
    }
  }

  /** Delta does so without a word where it has seen the transaction, or a later one. */
  private LandfallException passedOver(CommitNote note) {
    return LandfallException.refused(
        "The table at %s did not take a commit from position %s: Delta has seen a later transaction of application %s, so the table was restored or rolled back behind it, or somebody has decided meanwhile how to go on with it. Nothing was written. The same command goes on from where the table stands; if it refuses to, land those rows again: landfall consumer run --refill --table %s"
            .formatted(location, note.from(), note.applicationId(), location));
  }
}
