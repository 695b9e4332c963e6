package io.landfall.consumer.sql;

import io.landfall.cli.TableLocation;
import io.landfall.consumer.testing.BronzeTables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;

/** A process with the lock and without the guard: runs the whole corpus, and says how it went. */
public final class LockedSession {

  private LockedSession() {}

  public static void main(String[] args) throws Exception {
    Path table = Path.of(args[0]);
    Path scratch = Path.of(args[1]);
    Files.createDirectories(scratch.resolve("warehouse"));
    SparkSession.Builder builder =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.ui.enabled", false)
            .config("spark.sql.shuffle.partitions", 2)
            .config("spark.databricks.delta.snapshotPartitions", 1)
            .config("spark.shuffle.spill.numElementsForceSpillThreshold", 1000)
            .config("spark.local.dir", scratch.toString())
            .config("spark.sql.warehouse.dir", scratch.resolve("warehouse").toString())
            .config(
                "spark.sql.catalog.spark_catalog",
                "org.apache.spark.sql.delta.catalog.DeltaCatalog");
    ReadOnlySession.settings(java.util.Map.of(), TableLocation.Folder.of(table))
        .forEach(builder::config);
    SparkSession spark = builder.getOrCreate();
    BronzeTables.views(spark, table);
    ReadOnlySession.close(spark);
    AtomicLong spilled = new AtomicLong();
    spark
        .sparkContext()
        .addSparkListener(
            new SparkListener() {
              @Override
              public void onTaskEnd(SparkListenerTaskEnd end) {
                spilled.addAndGet(end.taskMetrics().diskBytesSpilled());
              }
            });
    spark
        .sql("SELECT count(*), md5(string(id)) FROM range(50000) GROUP BY 2 ORDER BY 2")
        .collectAsList();
    spark.sparkContext().listenerBus().waitUntilEmpty();
    say(spilled.get() > 0 ? "done" : "failed", "spill", String.valueOf(spilled));
    List<String> statements =
        Stream.of(Corpus.letThrough(table), Corpus.refused(table)).flatMap(List::stream).toList();
    for (String statement : statements) {
      try {
        spark.sql(statement).toJSON().collectAsList();
        say("done", statement, "");
      } catch (Exception e) {
        // What is thrown is what this is to find out.
        say("failed", statement, e.getClass().getSimpleName() + ": " + e.getMessage());
      }
    }
    spark.stop();
    say("done", "all", "");
  }

  private static void say(String how, String statement, String more) {
    System.out.println(how + "\t" + statement + "\t" + more.replaceAll("\\s+", " "));
  }
}
