package io.landfall.storage.race;

import io.delta.exceptions.ConcurrentTransactionException;
import io.landfall.storage.s3.JavaProcess;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Appends a row to a table through Spark's writer, with a transaction identifier for each round.
 */
public final class SparkRacer {

  private SparkRacer() {}

  public static void main(String[] args) throws Exception {
    JavaProcess.endWithParent();
    Course course = Course.readFrom(args[0]);
    try (Racer racer = new Racer(course.port());
        SparkSession spark = session(course, Path.of(args[0] + ".scratch"))) {
      for (int round = 0; round < course.rounds(); round++) {
        racer.awaitStart();
        AwaitingLogStore.awaitNextCommit(racer);
        racer.say(append(spark, course, round));
      }
    }
  }

  private static SparkSession session(Course course, Path scratch) {
    SparkSession.Builder builder =
        SparkSession.builder()
            .appName(course.name())
            .master("local[1]")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.ui.enabled", false)
            .config("spark.local.dir", scratch.toString())
            .config("spark.sql.warehouse.dir", scratch.resolve("warehouse").toString())
            .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
            .config(
                "spark.sql.catalog.spark_catalog",
                "org.apache.spark.sql.delta.catalog.DeltaCatalog")
            .config("spark.databricks.delta.snapshotPartitions", 1)
            .config("spark.sql.shuffle.partitions", 1)
            .config("spark.delta.logStore.s3a.impl", course.logStore().getName());
    course.hadoop().forEach((key, value) -> builder.config("spark.hadoop." + key, value));
    return builder.getOrCreate();
  }

  private static String append(SparkSession spark, Course course, int round) {
    try {
      spark
          .range(round, round + 1)
          .selectExpr("CAST(id AS INT) AS round")
          .coalesce(1)
          .write()
          .format("delta")
          .mode("append")
          .option("txnAppId", "race")
          .option("txnVersion", round)
          .option("userMetadata", course.name())
          .save(course.table());
      return Racer.WON;
    } catch (ConcurrentTransactionException e) {
      return Racer.LOST;
    }
  }
}
