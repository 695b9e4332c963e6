package io.landfall.consumer.sql;

import io.landfall.cli.LandfallException;
import io.landfall.cli.TableLocation;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.SparkSession;

/** The lock: a Spark session that can read, and in which nothing can write. */
public final class ReadOnlySession {

  private static final String CLOSED = "spark.landfall.read-only";
  private static final String HADOOP = "spark.hadoop.";
  private static final String CLASS = "fs.%s.impl";
  private static final Pattern SCHEME =
      Pattern.compile("fs\\.(?:AbstractFileSystem\\.)?([a-z0-9+-]+)\\.impl");

  private ReadOnlySession() {}

  /**
   * Settings to start Spark with, which win over the user's.
   *
   * @param users settings of the user's, for the file systems that he chose
   * @param table whose files are to be read, and no others but this machine's
   */
  public static Map<String, String> settings(Map<String, String> users, TableLocation table) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(
        "spark.sql.extensions",
        "io.delta.sql.DeltaSparkSessionExtension," + ReadOnlyRule.class.getName());
    // ${env:NAME} and ${system:name} in a statement would tell the process's secrets.
    settings.put("spark.sql.variable.substitute", "false");
    settings.put("spark.sql.scripting.enabled", "false");
    // It is written through the same file systems.
    settings.put("spark.eventLog.enabled", "false");
    Configuration defaults = new Configuration();
    Set<String> schemes = schemes(users);
    settings.put(HADOOP + ReadOnlyFileSystem.SCHEMES, String.join(",", read(table, schemes)));
    for (String scheme : schemes) {
      String chosen =
          users.getOrDefault(
              HADOOP + CLASS.formatted(scheme), defaults.get(CLASS.formatted(scheme)));
      if (chosen != null) {
        settings.put(HADOOP + ReadOnlyFileSystem.original(scheme), chosen);
      }
      settings.put(HADOOP + CLASS.formatted(scheme), ReadOnlyFileSystem.class.getName());
      // Hadoop's cache would hand out a file system that was opened before, without the lock.
      settings.put(HADOOP + "fs.%s.impl.disable.cache".formatted(scheme), "true");
      settings.put(
          HADOOP + "fs.AbstractFileSystem.%s.impl".formatted(scheme),
          ReadOnlyFiles.class.getName());
    }
    return settings;
  }

  /** Where a table of a catalog lies, only the catalog knows. */
  private static Set<String> read(TableLocation table, Set<String> all) {
    return table instanceof TableLocation.Folder folder
        ? new TreeSet<>(List.of("file", folder.scheme()))
        : all.stream().filter(scheme -> !scheme.startsWith("http")).collect(Collectors.toSet());
  }

  /** Every scheme that anything on the class path or in the settings can open. */
  private static Set<String> schemes(Map<String, String> users) {
    Set<String> schemes = new TreeSet<>(Set.of("file"));
    for (FileSystem found : ServiceLoader.load(FileSystem.class)) {
      schemes.add(found.getScheme());
    }
    new Configuration().forEach(setting -> addScheme(setting.getKey(), schemes));
    users.keySet().stream()
        .filter(key -> key.startsWith(HADOOP))
        .forEach(key -> addScheme(key.substring(HADOOP.length()), schemes));
    return schemes;
  }

  private static void addScheme(String key, Set<String> schemes) {
    Matcher matcher = SCHEME.matcher(key);
    if (matcher.matches()) {
      schemes.add(matcher.group(1));
    }
  }

  /**
   * Lets nothing more be changed in a session that was started with these settings.
   *
   * @throws LandfallException refused, if the settings do not hold
   */
  public static void close(SparkSession spark) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    try (FileSystem files = FileSystem.get(URI.create("file:///"), hadoop)) {
      if (!(files instanceof ReadOnlyFileSystem)) {
        throw LandfallException.refused(
            "Spark did not take the read-only file system. Nothing was done.");
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    spark.conf().set(CLOSED, true);
  }

  static boolean isClosed(SparkSession spark) {
    return spark.conf().getOption(CLOSED).contains("true");
  }
}
