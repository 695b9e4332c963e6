package io.landfall.consumer.command;

import io.landfall.program.LandfallSettings;
import io.landfall.program.PassThrough;
import io.landfall.program.Settings;
import io.landfall.program.StorageFailure;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spark in this process, with a scratch folder of its own, and an orderly end when the process is
 * told to stop.
 */
final class SparkProcess implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SparkProcess.class);

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
    StorageFailure.requireWritable(LandfallSettings.SCRATCH_DIR.flag(), scratchDir);
    Path scratch;
    try {
      Files.createDirectories(scratchDir);
      scratch = Files.createTempDirectory(scratchDir, name + "-");
    } catch (IOException e) {
      throw StorageFailure.unusable(LandfallSettings.SCRATCH_DIR.flag(), scratchDir, e);
    }
    Map<String, String> passedThrough = settings.passedThrough(PassThrough.SPARK);
    boolean started = false;
    try {
      SparkProcess process = new SparkProcess(scratch, name, passedThrough);
      started = true;
      return process;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Exception e) {
      // Spark throws checked exceptions that its methods do not declare.
      throw new IllegalStateException(e);
    } finally {
      if (!started) {
        delete(scratch);
      }
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
    settings.forEach(builder::config);
    builder
        .config("spark.local.dir", scratch.toString())
        .config("spark.sql.warehouse.dir", scratch.resolve("warehouse").toString())
        .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
        .config(
            "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
    try {
      SparkSession session = builder.getOrCreate();
      // Spark looks at most settings of SQL only when it makes this.
      ((org.apache.spark.sql.classic.SparkSession) session).sessionState();
      SparkNames.unknown(settings.keySet())
          .forEach(
              unknown ->
                  LOG.atWarn().addKeyValue("name", unknown).log("Spark knows no such setting"));
      return session;
    } catch (Exception e) {
      // Without settings of the user, whatever keeps Spark from starting is not the user's. With
      // them it is: Spark tells a wrong one by exceptions of many kinds, undeclared ones too.
      if (settings.isEmpty() || Thread.currentThread().isInterrupted()) {
        throw e;
      }
      throw SparkFailures.wrongSettings(settings.keySet(), e);
    }
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
    delete(scratch);
    closed.countDown();
  }

  private static void delete(Path scratch) {
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
