package io.landfall.consumer.testing;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** One session for all tests: it takes longer to start than they take to run. */
public final class SharedSpark {

  private SharedSpark() {}

  public static SparkSession session() {
    return session(Map.of());
  }

  /**
   * @param more settings, which count only for the first who asks
   */
  public static SparkSession session(Map<String, String> more) {
    SparkSession.Builder builder = SparkSession.builder();
    for (String scheme : List.of("file", "s3a")) {
      builder
          .config("spark.delta.logStore.%s.impl".formatted(scheme), HookedLogStore.class.getName())
          .config(
              "spark.hadoop.io.delta.kernel.logStore.%s.impl".formatted(scheme),
              HookedLogStore.class.getName());
    }
    more.forEach(builder::config);
    return builder
        .appName("tests")
        .master("local[2]")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.ui.enabled", false)
        .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
        .config(
            "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.warehouse.dir", System.getProperty("java.io.tmpdir"))
        .config("spark.databricks.delta.snapshotPartitions", 1)
        .config("spark.sql.shuffle.partitions", 2)
        .getOrCreate();
  }
}
