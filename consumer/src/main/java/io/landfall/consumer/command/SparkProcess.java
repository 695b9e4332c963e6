package io.landfall.consumer.command;

import io.landfall.consumer.storage.LogStoreSettings;
import io.landfall.program.LandfallSettings;
import io.landfall.program.PassThrough;
import io.landfall.program.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.sql.SparkSession;

/**
 * Spark in this process, with a scratch folder of its own, and an orderly end when the process is
 * told to stop.
 */
final class SparkProcess implements AutoCloseable {

  /** Before Spark's own hook, which would pull the session from under a running commit. */
  private static final int BEFORE_SPARK = 100;

  /** How long a batch may take to end once the process was told to stop. */
  private static final int SECONDS_TO_FINISH = 7;

  private final Path scratch;
  private final SparkSession spark;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Runnable hook = this::awaitClose;
  private volatile boolean stopping;

  private SparkProcess(Path scratch, String name, Map<String, String> settings) {
    this.scratch = scratch;
    this.spark = session(scratch, name, settings);
    ShutdownHookManager.get()
        .addShutdownHook(hook, BEFORE_SPARK, SECONDS_TO_FINISH + 1, TimeUnit.SECONDS);
  }

  static SparkProcess start(Settings settings, String name) {
    Path scratchDir = settings.get(LandfallSettings.SCRATCH_DIR);
    try {
      Files.createDirectories(scratchDir);
      return new SparkProcess(
          Files.createTempDirectory(scratchDir, name + "-"),
          name,
          settings.passedThrough(PassThrough.SPARK));
    } catch (IOException e) {
      throw new UncheckedIOException("The scratch folder cannot be used: " + e, e);
    }
  }

  private static SparkSession session(Path scratch, String name, Map<String, String> settings) {
    SparkSession.Builder builder =
        SparkSession.builder()
            .appName("landfall consumer " + name)
            .config("spark.ui.enabled", false)
            .config("spark.sql.session.timeZone", "UTC")
            // With their defaults of 50 and 200, tiny tasks would cost more than the work itself.
            .config("spark.databricks.delta.snapshotPartitions", 1)
            .config("spark.sql.shuffle.partitions", 2)
            // Without Kafka in this list Spark reads it by its newer interface, which gives the
            // source's own rows; the older one converts each of them twice.
            .config("spark.sql.sources.useV1SourceList", "avro,csv,json,orc,parquet,text");
    // Under spark-submit these properties say where the cluster is, and how it finds the driver.
    if (System.getProperty("spark.master") == null) {
      builder
          .master("local[*]")
          .config("spark.driver.host", "127.0.0.1")
          .config("spark.driver.bindAddress", "127.0.0.1");
    }
    // Before the user's: where other writers of the table agree on another log store, so must this.
    LogStoreSettings.forSpark().forEach(builder::config);
    settings.forEach(builder::config);
    return builder
        .config("spark.local.dir", scratch.toString())
        .config("spark.sql.warehouse.dir", scratch.resolve("warehouse").toString())
        .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
        .config(
            "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
        .getOrCreate();
  }

  SparkSession spark() {
    return spark;
  }

  /** Work that ends soon after it is told to stop. */
  interface Stoppable<T> {
    T run(BooleanSupplier stopped) throws Exception;
  }

  /**
   * Does work in a thread of its own, so that a signal to this one does not tear a commit apart:
   * the work is told to stop and gets some seconds for its current batch.
   *
   * @throws InterruptedException if it was told to stop and did not end in time; whatever it had
   *     not committed is lost and will be done again
   */
  <T> T untilStopped(Stoppable<T> work) throws InterruptedException {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread worker = new Thread(() -> complete(result, () -> work.run(() -> stopping)), "ingest");
    worker.setDaemon(true);
    worker.start();
    try {
      try {
        return result.get();
      } catch (InterruptedException e) {
        stopping = true;
        return result.get(SECONDS_TO_FINISH, TimeUnit.SECONDS);
      }
    } catch (TimeoutException e) {
      throw (InterruptedException) new InterruptedException("The batch was abandoned").initCause(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failed) {
        throw failed;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private static <T> void complete(CompletableFuture<T> result, Callable<T> work) {
    try {
      result.complete(work.call());
    } catch (Throwable e) {
      // Nothing is swallowed: whoever waits for the result gets it.
      result.completeExceptionally(e);
    }
  }

  /** Whether the process was told to stop. */
  boolean stopping() {
    return stopping;
  }

  private void awaitClose() {
    try {
      closed.await(SECONDS_TO_FINISH, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (!stopping) {
      spark.stop();
    }
    deleteScratch();
    closed.countDown();
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
