package io.landfall.consumer.command;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.spark.internal.config.ConfigEntry;
import org.apache.spark.sql.internal.SQLConf$;

/** The names that Spark knows, which is how a misspelt one is found. Delta's are all let pass. */
final class SparkNames {

  /**
   * Families whose further names are somebody else's: Hadoop's, a cluster manager's, a catalog's.
   */
  private static final Pattern OPEN =
      Pattern.compile(
          "spark\\.(hadoop|hive|executorEnv|yarn|kubernetes|mesos|metrics|sql\\.catalog|databricks|delta|driverEnv|submit|redaction|ssl|ui|history|app)\\..*");

  /** What Spark reads by its text alone, and has registered nowhere. */
  private static final Set<String> UNREGISTERED =
      Set.of("spark.master", "spark.home", "spark.logConf", "spark.logLineage");

  private SparkNames() {}

  /** Those of the names that it does not know. Spark passes over them in silence. */
  static List<String> unknown(Collection<String> names) {
    return names.stream().filter(name -> !isKnown(name)).sorted().toList();
  }

  private static boolean isKnown(String name) {
    return OPEN.matcher(name).matches()
        || UNREGISTERED.contains(name)
        || SQLConf$.MODULE$.containsConfigKey(name)
        || ConfigEntry.findEntry(name) != null;
  }
}
