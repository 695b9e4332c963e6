package io.landfall.consumer.command;

import io.landfall.cli.LandfallException;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.PassThrough;
import io.landfall.cli.Settings;
import io.landfall.cli.StopBudget;
import io.landfall.cli.StorageFailure;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.consumer.door.Door;
import io.landfall.consumer.ingest.Ingest;
import io.landfall.consumer.ingest.IngestSettings;
import io.landfall.consumer.ingest.LandingQueries;
import io.landfall.consumer.ingest.SparkQueries;
import io.landfall.consumer.landing.LandingTopic;
import io.landfall.consumer.storage.HadoopSettings;
import io.landfall.consumer.storage.LogStoreSettings;
import io.landfall.schemas.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;

/**
 * Spark in this process, with a scratch folder of its own, and an orderly end when the process is
 * told to stop.
 */
final class SparkProcess implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SparkProcess.class);

  /** Before Spark's own hook, which would pull the session from under a running commit. */
  private static final int BEFORE_SPARK = 100;

  /** How long a batch may take to end once the process was told to stop. */
  private static final long SECONDS_TO_FINISH = StopBudget.WORK.toSeconds();

  private static final String EXTENSIONS = "spark.sql.extensions";
  private static final String DELTA = "io.delta.sql.DeltaSparkSessionExtension";

  private final ScratchFolder scratch;

  /** Whether Spark was there before us, as on a platform that has it running. */
  private final boolean borrowed;

  private final SparkSession spark;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Runnable hook = this::awaitClose;
  private volatile boolean stopping;

  private SparkProcess(
      ScratchFolder scratch, String name, Map<String, String> settings, Map<String, String> fixed) {
    this.scratch = scratch;
    Option<SparkSession> running = SparkSession.getDefaultSession();
    this.borrowed = running.isDefined();
    if (borrowed) {
      if (!fixed.isEmpty()) {
        throw LandfallException.refused(
            "Spark is there already, and its session cannot be locked read-only. Nothing was done. Ask the table through that Spark itself.");
      }
      this.spark = running.get();
      LOG.atWarn()
          .addKeyValue("not taken over", String.join(", ", new TreeSet<>(settings.keySet())))
          .log(
              "Spark is there already and used as it is; how it creates Delta's commits (spark.delta.logStore.SCHEME.impl) is its own business");
    } else {
      // Spark and the libraries under it unpack and prepare things in the system's folder, and
      // leave them there when they are killed.
      System.setProperty("java.io.tmpdir", scratch.path().toString());
      this.spark = session(scratch.path(), name, settings, fixed);
    }
    ShutdownHookManager.get()
        .addShutdownHook(hook, BEFORE_SPARK, SECONDS_TO_FINISH + 1, TimeUnit.SECONDS);
  }

  static SparkProcess start(Settings settings, String name) {
    return start(settings, name, Map.of());
  }

  /**
   * @param fixed settings that win over all others
   */
  static SparkProcess start(Settings settings, String name, Map<String, String> fixed) {
    Path scratchDir = settings.get(LandfallSettings.SCRATCH_DIR);
    StorageFailure.requireWritable(LandfallSettings.SCRATCH_DIR.flag(), scratchDir);
    ScratchFolder scratch;
    try {
      scratch = ScratchFolder.in(scratchDir, name);
      // Spark would make it itself, where it may.
      Files.createDirectory(scratch.path().resolve("warehouse"));
    } catch (IOException e) {
      throw StorageFailure.unusable(LandfallSettings.SCRATCH_DIR.flag(), scratchDir, e);
    }
    Map<String, String> passedThrough = settings.passedThrough(PassThrough.SPARK);
    boolean started = false;
    try {
      SparkProcess process = new SparkProcess(scratch, name, passedThrough, fixed);
      started = true;
      return process;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Exception e) {
      // Spark throws checked exceptions that its methods do not declare.
      throw new IllegalStateException(e);
    } finally {
      if (!started) {
        scratch.close();
      }
    }
  }

  private static SparkSession session(
      Path scratch, String name, Map<String, String> settings, Map<String, String> fixed) {
    SparkSession.Builder builder =
        SparkSession.builder()
            .appName("landfall consumer " + name)
            .config("spark.ui.enabled", false)
            .config("spark.sql.session.timeZone", "UTC")
            // With their defaults of 50 and 200, tiny tasks would cost more than the work itself.
            .config("spark.databricks.delta.snapshotPartitions", 1)
            .config("spark.sql.shuffle.partitions", 2)
            .config(
                "spark.sql.catalog.spark_catalog",
                "org.apache.spark.sql.delta.catalog.DeltaCatalog");
    // Under spark-submit these properties say where the cluster is, and how it finds the driver.
    if (System.getProperty("spark.master") == null) {
      builder
          .master("local[*]")
          .config("spark.driver.host", "127.0.0.1")
          .config("spark.driver.bindAddress", "127.0.0.1");
    }
    Map<String, String> given = new LinkedHashMap<>(LogStoreSettings.forSpark());
    given.putAll(HadoopSettings.given(settings));
    given.merge(
        EXTENSIONS, DELTA, (theirs, ours) -> theirs.contains(ours) ? theirs : theirs + "," + ours);
    given.putIfAbsent("spark.sql.warehouse.dir", scratch.resolve("warehouse").toString());
    given.put("spark.local.dir", scratch.toString());
    given.forEach(builder::config);
    fixed.forEach(builder::config);
    try {
      SparkSession session = builder.getOrCreate();
      // Spark looks at most settings of SQL only when it makes this.
      session.conf().get("spark.sql.session.timeZone");
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

  /**
   * A loop of this process, in its scratch folder.
   *
   * @param session in which it reads and commits, like its door
   */
  Ingest ingest(
      SparkSession session,
      LandingTopic topic,
      Topics topics,
      Door door,
      Clock clock,
      Settings settings)
      throws InterruptedException {
    LOG.atInfo()
        .addKeyValue("table", door.table().location())
        .addKeyValue("door", door.name())
        .log("Landing {}", topic.name());
    LandingQueries queries =
        new SparkQueries(
            session,
            KafkaSettings.of(settings),
            topics,
            IngestSettings.of(settings).in(scratch.path()));
    return new Ingest(topic, queries, door, clock);
  }

  SparkSession spark() {
    return spark;
  }

  /** With settings and views of its own, for one of several loops. */
  SparkSession newSession() {
    return spark.newSession();
  }

  /** A folder that is gone when the process ends. */
  Path scratch() {
    return scratch.path();
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
    return untilStopped(List.of(work)).get(0);
  }

  /**
   * The same for several at once; where one fails, the others are told to stop.
   *
   * @return what each of them gave
   */
  <T> List<T> untilStopped(List<? extends Stoppable<T>> works) throws InterruptedException {
    CompletableFuture<Void> failed = new CompletableFuture<>();
    List<CompletableFuture<T>> results = works.stream().map(work -> started(work, failed)).toList();
    CompletableFuture<Void> all =
        CompletableFuture.allOf(results.toArray(CompletableFuture<?>[]::new))
            .exceptionally(failure -> null);
    try {
      try {
        all.get();
      } catch (InterruptedException e) {
        stopping = true;
        all.get(SECONDS_TO_FINISH, TimeUnit.SECONDS);
      }
      // The first failure, if there was one: the others ended because of it.
      failed.complete(null);
      failed.get();
      return results.stream().map(CompletableFuture::join).toList();
    } catch (TimeoutException e) {
      throw (InterruptedException) new InterruptedException("The batch was abandoned").initCause(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private <T> CompletableFuture<T> started(Stoppable<T> work, CompletableFuture<Void> failed) {
    CompletableFuture<T> result = new CompletableFuture<>();
    BooleanSupplier stopped = () -> stopping || failed.isDone();
    Runnable body =
        () -> {
          try {
            result.complete(work.run(stopped));
          } catch (Throwable e) {
            // Nothing is swallowed: whoever waits gets it, and knows which was the first.
            failed.completeExceptionally(e);
            result.completeExceptionally(e);
          }
        };
    Thread worker = new Thread(body, "ingest");
    worker.setDaemon(true);
    worker.start();
    return result;
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
    if (!stopping && !borrowed) {
      spark.stop();
    }
    scratch.close();
    closed.countDown();
  }
}
