package io.landfall.consumer.storage;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which log store Delta is to use, as settings of a Spark session. */
public final class LogStoreSettings {

  /**
   * All schemes that Hadoop's client for S3 has been given; it is s3a where nobody changed that.
   */
  private static final List<String> SCHEMES = List.of("s3", "s3a", "s3n");

  private LogStoreSettings() {}

  /**
   * The keys that delta-spark reads, and, as Hadoop settings of the session, those that Delta
   * Kernel reads.
   */
  public static Map<String, String> forSpark() {
    Map<String, String> settings = new LinkedHashMap<>();
    forKernel().forEach((key, value) -> settings.put("spark.hadoop." + key, value));
    for (String scheme : SCHEMES) {
      settings.put(
          "spark.delta.logStore.%s.impl".formatted(scheme), ConditionalPutLogStore.class.getName());
    }
    return settings;
  }

  /** For the Hadoop configuration of a Delta Kernel engine. */
  public static Map<String, String> forKernel() {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String scheme : SCHEMES) {
      settings.put(
          "io.delta.kernel.logStore.%s.impl".formatted(scheme),
          ConditionalPutLogStore.class.getName());
    }
    return settings;
  }
}
