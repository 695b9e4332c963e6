package io.landfall.consumer.testing;

import org.apache.spark.sql.SparkSession;

/** One session for all tests: it takes longer to start than they take to run. */
public final class SharedSpark {

  private SharedSpark() {}

  public static SparkSession session() {
    return SparkSession.builder()
        .appName("tests")
        .master("local[2]")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.ui.enabled", false)
        .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
        .config(
            "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
        .config("spark.delta.logStore.file.impl", HookedLogStore.class.getName())
        .config("spark.hadoop.io.delta.kernel.logStore.file.impl", HookedLogStore.class.getName())
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.warehouse.dir", System.getProperty("java.io.tmpdir"))
        .config("spark.databricks.delta.snapshotPartitions", 1)
        .config("spark.sql.shuffle.partitions", 2)
        .getOrCreate();
  }
}
