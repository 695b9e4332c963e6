package io.landfall.consumer.storage;

import io.landfall.cli.TableLocation.Folder;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/** Hadoop's file systems as the user's settings of Spark make them, without Spark. */
public final class HadoopSettings {

  private static final String PREFIX = "spark.hadoop.";

  /** What brings the file system of a scheme, for those that people use and Spark leaves out. */
  private static final Map<String, String> ARTIFACTS =
      Map.of(
          "abfs", "org.apache.hadoop:hadoop-azure",
          "abfss", "org.apache.hadoop:hadoop-azure",
          "wasb", "org.apache.hadoop:hadoop-azure",
          "wasbs", "org.apache.hadoop:hadoop-azure",
          "gs", "com.google.cloud.bigdataoss:gcs-connector",
          "oss", "org.apache.hadoop:hadoop-aliyun",
          "cosn", "org.apache.hadoop:hadoop-cos");

  private HadoopSettings() {}

  /**
   * The configuration that Spark would make of its settings.
   *
   * @param spark settings by their names, {@code spark.hadoop.…} among them
   */
  public static Configuration of(Map<String, String> spark) {
    Configuration configuration = new Configuration();
    LogStoreSettings.forKernel().forEach(configuration::set);
    given(spark).forEach((key, value) -> set(configuration, key, value));
    return configuration;
  }

  /**
   * A user's settings of Spark: under spark-submit those that were given there are properties of
   * the process.
   *
   * @param passed on to it by us, which win
   */
  public static Map<String, String> given(Map<String, String> passed) {
    Map<String, String> given = new LinkedHashMap<>();
    System.getProperties().stringPropertyNames().stream()
        .filter(key -> key.startsWith("spark."))
        .forEach(key -> given.put(key, System.getProperty(key)));
    given.putAll(passed);
    given.putAll(LogStoreSettings.forBoth(given));
    return given;
  }

  private static void set(Configuration configuration, String key, String value) {
    if (key.startsWith(PREFIX)) {
      configuration.set(key.substring(PREFIX.length()), value);
    }
  }

  /** Why nothing on the class path opens a folder's file system; empty if something does. */
  public static Optional<String> refusal(Folder folder, Configuration configuration) {
    String scheme = folder.scheme();
    if (scheme.equals("http") || scheme.equals("https")) {
      return Optional.of("%s: can only be read, and a table is written".formatted(scheme));
    }
    try {
      FileSystem.getFileSystemClass(scheme, configuration);
      return Optional.empty();
    } catch (IOException | RuntimeException | LinkageError e) {
      // Hadoop tells a missing class in any of the three ways, by how much of a library is missing.
      return Optional.of(missing(scheme));
    }
  }

  private static String missing(String scheme) {
    if (scheme.equals("s3a")) {
      return "nothing on the class path opens s3a: (org.apache.hadoop:hadoop-aws and what it needs); `./landfall build --with s3` adds it";
    }
    String artifact = ARTIFACTS.get(scheme);
    return artifact == null
        ? "nothing on the class path opens %s: (the jar of its Hadoop file system is missing, or spark.hadoop.fs.%s.impl)"
            .formatted(scheme, scheme)
        : "nothing on the class path opens %s: %s and what it needs are missing"
            .formatted(scheme, artifact);
  }
}
