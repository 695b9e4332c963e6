package io.landfall.storage.catalog;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A Hive catalog in a folder: what a later process finds again, as it does in a metastore. One
 * process at a time.
 */
public final class PersistentCatalog {

  /** Hive looks into classes of the JDK; spark-submit opens these and more by itself. */
  public static final List<String> JVM_OPTIONS =
      List.of(
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.net=ALL-UNNAMED",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED");

  private PersistentCatalog() {}

  /** Settings of a Spark session, in place of those that keep a catalog in memory. */
  public static Map<String, String> settings(Path folder) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("spark.sql.catalogImplementation", "hive");
    settings.put("spark.sql.warehouse.dir", folder.resolve("warehouse").toString());
    settings.put(
        "spark.hadoop.javax.jdo.option.ConnectionURL",
        "jdbc:derby:;databaseName=%s;create=true".formatted(folder.resolve("metastore")));
    settings.put("spark.hadoop.datanucleus.schema.autoCreateAll", "true");
    settings.put("spark.hadoop.hive.metastore.schema.verification", "false");
    return settings;
  }
}
