package io.landfall.consumer.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.sql.SparkSession;

/**
 * Spark in this process, with a scratch folder of its own, and an orderly end when the process is
 * told to stop.
 */
final class SparkProcess implements AutoCloseable {

  /** Runs before Spark's own hook, which would pull the session from under a running commit. */
  private static final int BEFORE_SPARK = 100;

  private static final long SECONDS_TO_FINISH = 7;
  private static final long SECONDS_TO_ABANDON = 2;

  private final Path scratch;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Runnable hook = this::endOrderly;
  private final SparkSession spark;
  private volatile boolean stopping;

  private SparkProcess(Path scratch, String name) {
    this.scratch = scratch;
    ShutdownHookManager.get()
        .addShutdownHook(
            hook, BEFORE_SPARK, SECONDS_TO_FINISH + SECONDS_TO_ABANDON + 1, TimeUnit.SECONDS);
    this.spark = session(scratch, name);
  }

  static SparkProcess start(Path scratchDir, String name) {
    try {
      Files.createDirectories(scratchDir);
      return new SparkProcess(Files.createTempDirectory(scratchDir, name + "-"), name);
    } catch (IOException e) {
      throw new UncheckedIOException("The scratch folder cannot be used", e);
    }
  }

  private static SparkSession session(Path scratch, String name) {
    return SparkSession.builder()
        .appName("landfall consumer " + name)
        .master(System.getProperty("spark.master", "local[*]"))
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.ui.enabled", false)
        .config("spark.local.dir", scratch.toString())
        .config("spark.sql.warehouse.dir", scratch.resolve("warehouse").toString())
        .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
        .config(
            "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
        .config("spark.sql.session.timeZone", "UTC")
        // With their defaults of 50 and 200, tiny tasks would cost more than the work itself.
        .config("spark.databricks.delta.snapshotPartitions", 1)
        .config("spark.sql.shuffle.partitions", 2)
        .config("spark.log.structuredLogging.enabled", false)
        .getOrCreate();
  }

  SparkSession spark() {
    return spark;
  }

  /** Whether the process was told to stop. */
  boolean stopping() {
    return stopping;
  }

  private void endOrderly() {
    stopping = true;
    try {
      if (!ended.await(SECONDS_TO_FINISH, TimeUnit.SECONDS)) {
        spark.sparkContext().cancelAllJobs();
        ended.await(SECONDS_TO_ABANDON, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    deleteScratch();
    // To be told to stop and to stop is a success. What is left of Spark needs no goodbye.
    Runtime.getRuntime().halt(0);
  }

  @Override
  public void close() {
    ended.countDown();
    if (!stopping) {
      ShutdownHookManager.get().removeShutdownHook(hook);
      spark.stop();
      deleteScratch();
    }
  }

  private void deleteScratch() {
    try (Stream<Path> found = Files.walk(scratch)) {
      List<Path> deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      // Temporary files of a finished process: the user may delete them at any time, and does.
      return;
    }
  }
}
