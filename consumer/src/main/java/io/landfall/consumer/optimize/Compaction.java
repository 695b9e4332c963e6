package io.landfall.consumer.optimize;

import io.landfall.cli.TableLocation;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * Compacts a table.
 *
 * @param below files of fewer bytes are put together
 * @param target about how many bytes a new file has at most
 */
public record Compaction(long below, long target) {

  /** Files of that size are quick to read, and few enough for a table of any age. */
  private static final long TARGET = 128L << 20;

  /**
   * What has grown to this stays, so that a table of many years is not written anew each time, nor
   * all of it copied to the next backup.
   */
  private static final long BELOW = 32L << 20;

  private static final String BELOW_KEY = "spark.databricks.delta.optimize.minFileSize";
  private static final String TARGET_KEY = "spark.databricks.delta.optimize.maxFileSize";

  /**
   * By the user's settings of Spark, as far as they say something else.
   *
   * @throws NumberFormatException if they say something that is no number of bytes
   */
  public static Compaction of(Map<String, String> spark) {
    return new Compaction(number(spark, BELOW_KEY, BELOW), number(spark, TARGET_KEY, TARGET));
  }

  private static long number(Map<String, String> spark, String key, long otherwise) {
    return spark.containsKey(key) ? Long.parseLong(spark.get(key).strip()) : otherwise;
  }

  /** Does it. Delta looks at what others have committed meanwhile, and tries again. */
  public void run(SparkSession spark, TableLocation table) {
    Map<String, String> ours = new LinkedHashMap<>();
    ours.put(BELOW_KEY, Long.toString(below));
    ours.put(TARGET_KEY, Long.toString(target));
    Map<String, String> before = new LinkedHashMap<>();
    ours.keySet().forEach(key -> before.put(key, spark.conf().get(key)));
    ours.forEach((key, value) -> spark.conf().set(key, value));
    try {
      spark.sql("OPTIMIZE " + table.sql());
    } finally {
      // The session may be somebody else's.
      before.forEach((key, value) -> spark.conf().set(key, value));
    }
  }
}
