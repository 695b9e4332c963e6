package io.landfall.consumer.storage;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;

/** Which log store Delta is to use for which scheme, as settings of a Spark session. */
public final class LogStoreSettings {

  /**
   * All schemes that Hadoop's client for S3 has been given; it is s3a where nobody changed that.
   */
  private static final List<String> S3 = List.of("s3", "s3a", "s3n");

  private static final String SPARK = "spark.delta.logStore.%s.impl";
  private static final Pattern CHOSEN = Pattern.compile("spark\\.delta\\.logStore\\.(.+)\\.impl");
  private static final String KERNEL = "io.delta.kernel.logStore.%s.impl";

  private LogStoreSettings() {}

  /**
   * The keys that delta-spark reads, and, as Hadoop settings of the session, those that Delta
   * Kernel reads.
   */
  public static Map<String, String> forSpark() {
    Map<String, String> settings = new LinkedHashMap<>();
    forKernel().forEach((key, value) -> settings.put("spark.hadoop." + key, value));
    stores().forEach((scheme, store) -> settings.put(SPARK.formatted(scheme), store));
    return settings;
  }

  /** For the Hadoop configuration of a Delta Kernel engine. */
  public static Map<String, String> forKernel() {
    Map<String, String> settings = new LinkedHashMap<>();
    stores().forEach((scheme, store) -> settings.put(KERNEL.formatted(scheme), store));
    return settings;
  }

  /**
   * What a user's choice of a log store means for Kernel, which has a key of its own: the two must
   * not write one table in two ways.
   *
   * @param users settings of a Spark session
   * @return further ones
   */
  public static Map<String, String> forBoth(Map<String, String> users) {
    Map<String, String> further = new LinkedHashMap<>();
    users.forEach(
        (key, store) -> {
          Matcher chosen = CHOSEN.matcher(key);
          if (chosen.matches()) {
            String kernel = "spark.hadoop." + KERNEL.formatted(chosen.group(1));
            if (!users.containsKey(kernel)) {
              further.put(kernel, store);
            }
          }
        });
    return further;
  }

  /** Whether commits of a scheme are created by a conditional write. */
  static boolean areConditional(String scheme, Configuration configuration) {
    return configuration
        .get(KERNEL.formatted(scheme), "")
        .equals(ConditionalPutLogStore.class.getName());
  }

  private static Map<String, String> stores() {
    Map<String, String> stores = new LinkedHashMap<>();
    stores.put("file", LinkLogStore.class.getName());
    S3.forEach(scheme -> stores.put(scheme, ConditionalPutLogStore.class.getName()));
    return stores;
  }
}
