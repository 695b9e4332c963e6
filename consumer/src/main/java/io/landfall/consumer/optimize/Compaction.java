package io.landfall.consumer.optimize;

import io.landfall.cli.TableLocation;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/**
 * Compacts a table.
 *
 * @param codec what the new files are compressed with
 * @param below files of fewer bytes are put together
 * @param target about how many bytes a new file has at most
 */
public record Compaction(String codec, long below, long target) {

  /** Files of that size are quick to read, and few enough for a table of any age. */
  private static final long TARGET = 128L << 20;

  /**
   * What has grown to this stays, so that a table of many years is not written anew each time, nor
   * all of it copied to the next backup.
   */
  private static final long BELOW = 32L << 20;

  /**
   * As ingest's own files. With Spark's default, Snappy, one file was half as large again as the
   * many.
   */
  private static final String CODEC = "zstd";

  private static final String CODEC_KEY = "spark.sql.parquet.compression.codec";
  private static final String BELOW_KEY = "spark.databricks.delta.optimize.minFileSize";
  private static final String TARGET_KEY = "spark.databricks.delta.optimize.maxFileSize";

  /**
   * By the user's settings of Spark, as far as they say something else.
   *
   * @throws NumberFormatException if they say something that is no number of bytes
   */
  public static Compaction of(Map<String, String> spark) {
    return new Compaction(
        spark.getOrDefault(CODEC_KEY, CODEC),
        number(spark, BELOW_KEY, BELOW),
        number(spark, TARGET_KEY, TARGET));
  }

  private static long number(Map<String, String> spark, String key, long otherwise) {
    return spark.containsKey(key) ? Long.parseLong(spark.get(key).strip()) : otherwise;
  }

  /** Does it. Delta looks at what others have committed meanwhile, and tries again. */
  public void run(SparkSession spark, TableLocation table) {
    Map<String, String> ours = new LinkedHashMap<>();
    ours.put(CODEC_KEY, codec);
    ours.put(BELOW_KEY, Long.toString(below));
    ours.put(TARGET_KEY, Long.toString(target));
    // Before Delta is loaded nobody knows these names, nor has values for them.
    Map<String, Option<String>> before = new LinkedHashMap<>();
    ours.keySet().forEach(key -> before.put(key, spark.conf().getOption(key)));
    ours.forEach((key, value) -> spark.conf().set(key, value));
    try {
      spark.sql("OPTIMIZE " + table.sql());
    } finally {
      // The session may be somebody else's.
      before.forEach((key, value) -> restore(spark, key, value));
    }
  }

  private static void restore(SparkSession spark, String key, Option<String> value) {
    if (value.isDefined()) {
      spark.conf().set(key, value.get());
    } else {
      spark.conf().unset(key);
    }
  }
}
