package io.landfall.storage.catalog;

import io.delta.tables.DeltaTable;
import io.landfall.storage.s3.JavaProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.streaming.Trigger;

/**
 * Appends to tables of a catalog in each of Spark's public ways, each twice with the same
 * transaction identifier, and looks at what came of it. Ends with 0 if the second was skipped each
 * time and the note stands in the table's history.
 */
public final class TransactionalWrites {

  private static final int ROWS = 5;

  private TransactionalWrites() {}

  /** A public way to append. */
  enum Way {
    SAVE {
      @Override
      void append(Dataset<Row> rows, DeltaTable table, String name, long version, String note) {
        writer(rows, version, note).save(table.detail().select("location").head().getString(0));
      }
    },
    SAVE_AS_TABLE {
      @Override
      void append(Dataset<Row> rows, DeltaTable table, String name, long version, String note) {
        writer(rows, version, note).saveAsTable(name);
      }
    },
    INSERT_INTO {
      @Override
      void append(Dataset<Row> rows, DeltaTable table, String name, long version, String note) {
        writer(rows, version, note).insertInto(name);
      }
    },
    WRITE_TO {
      @Override
      void append(Dataset<Row> rows, DeltaTable table, String name, long version, String note)
          throws NoSuchTableException {
        rows.writeTo(name)
            .option("txnAppId", name())
            .option("txnVersion", Long.toString(version))
            .option("userMetadata", note)
            .append();
      }
    };

    DataFrameWriter<Row> writer(Dataset<Row> rows, long version, String note) {
      return rows.write()
          .format("delta")
          .mode("append")
          .option("txnAppId", name())
          .option("txnVersion", version)
          .option("userMetadata", note);
    }

    abstract void append(
        Dataset<Row> rows, DeltaTable table, String name, long version, String note)
        throws NoSuchTableException;
  }

  /**
   * @param args a folder; then {@code memory}, or {@code persistent} for a catalog that is there
   *     again the next time
   */
  public static void main(String[] args) throws Exception {
    JavaProcess.endWithParent();
    Path folder = Path.of(args[0]);
    try (SparkSession spark = session(folder, args[1].equals("persistent"))) {
      for (Way way : Way.values()) {
        check(spark, folder, way);
      }
    }
    System.out.println("checked");
  }

  private static SparkSession session(Path folder, boolean persistent) {
    SparkSession.Builder builder =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.ui.enabled", false)
            .config("spark.local.dir", folder.resolve("scratch").toString())
            .config("spark.sql.warehouse.dir", folder.resolve("warehouse").toString())
            .config("spark.sql.shuffle.partitions", 1)
            .config("spark.databricks.delta.snapshotPartitions", 1)
            .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
            .config(
                "spark.sql.catalog.spark_catalog",
                "org.apache.spark.sql.delta.catalog.DeltaCatalog");
    if (persistent) {
      PersistentCatalog.settings(folder).forEach(builder::config);
    }
    return builder.getOrCreate();
  }

  private static void check(SparkSession spark, Path folder, Way way) throws Exception {
    String name = "bronze." + way.name().toLowerCase(java.util.Locale.ROOT);
    spark.sql("CREATE DATABASE IF NOT EXISTS bronze");
    spark.sql(
        "CREATE TABLE IF NOT EXISTS %s (id BIGINT) USING delta TBLPROPERTIES ('delta.appendOnly'='true')"
            .formatted(name));
    long before = spark.table(name).count();
    long version = before / ROWS + 1;
    String note = "%s %d".formatted(way, version);

    BiConsumer<Dataset<Row>, Long> append =
        (rows, batch) -> {
          try {
            way.append(rows, DeltaTable.forName(spark, name), name, version, note);
          } catch (NoSuchTableException e) {
            throw new IllegalStateException(e);
          }
        };
    Path source = folder.resolve("source-%s-%d".formatted(way, version));
    spark.range(ROWS).toDF().coalesce(1).write().parquet(source.toString());
    for (int time = 1; time <= 2; time++) {
      asQuery(
          spark,
          source,
          folder.resolve("checkpoint-%s-%d-%d".formatted(way, version, time)),
          append);
    }

    require(spark.table(name).count() == before + ROWS, "appended once", name);
    List<Row> notes =
        DeltaTable.forName(spark, name)
            .history()
            .where("userMetadata = '%s'".formatted(note))
            .collectAsList();
    require(notes.size() == 1, "noted once", name);
    require(
        DeltaTable.forName(spark, name)
            .detail()
            .select("properties")
            .head()
            .getJavaMap(0)
            .equals(Map.of("delta.appendOnly", "true")),
        "properties",
        name);
  }

  /** As the consumer reads: one micro batch after the other, and a checkpoint that is scratch. */
  private static void asQuery(
      SparkSession spark, Path source, Path checkpoint, BiConsumer<Dataset<Row>, Long> append)
      throws Exception {
    VoidFunction2<Dataset<Row>, Long> batch = append::accept;
    spark
        .readStream()
        .schema("id BIGINT")
        .parquet(source.toString())
        .writeStream()
        .foreachBatch(batch)
        .trigger(Trigger.AvailableNow())
        .option("checkpointLocation", checkpoint.toString())
        .start()
        .awaitTermination();
  }

  private static void require(boolean holds, String what, String table) {
    if (!holds) {
      throw new IllegalStateException("Not so: %s in %s".formatted(what, table));
    }
  }
}
