package io.landfall.consumer.kernel;

import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.bronze.CommitNote;
import io.landfall.consumer.door.Door;
import io.landfall.consumer.door.spark.SparkTable;
import io.landfall.consumer.ingest.Scratch;
import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.testing.DoorKind;
import io.landfall.consumer.testing.Readings;
import io.landfall.consumer.testing.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;

/**
 * What it takes to know where a table stands, at 10, 1,000 and 10,000 commits: {@code mvn
 * -Pbenchmark -pl consumer -am process-test-classes
 * -Dlandfall.benchmark=io.landfall.consumer.kernel.PositionBenchmark}. The commits are written by
 * hand, with one file each, and a checkpoint every 50.
 */
public final class PositionBenchmark {

  private static final int CHECKPOINT = 50;

  /** Counts which files of a log are opened. */
  public static final class Counted extends RawLocalFileSystem {
    static final AtomicInteger OPENED = new AtomicInteger();

    @Override
    public FSDataInputStream open(org.apache.hadoop.fs.Path file, int buffer) throws IOException {
      if (file.toString().contains("_delta_log")) {
        OPENED.incrementAndGet();
      }
      return super.open(file, buffer);
    }
  }

  private PositionBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    SparkSession spark =
        SharedSpark.session(Map.of("spark.hadoop.fs.file.impl", Counted.class.getName()));
    Configuration configuration = spark.sparkContext().hadoopConfiguration();
    System.out.println("commits  reader  damage ms  position ms  log files opened  position");
    for (int round = 0; round < 2; round++) {
      for (int commits : new int[] {10, 1_000, 10_000}) {
        Path folder = Files.createTempDirectory("position-benchmark");
        Path path = folder.resolve("readings");
        fill(spark, path, commits);
        measure(commits, "kernel", KernelTable.in(Folder.of(path), configuration));
        DeltaLog.clearCache();
        measure(commits, "spark", new SparkTable(spark, Folder.of(path)));
        new Scratch(folder).close();
      }
    }
    spark.stop();
  }

  private static void measure(int commits, String reader, BronzeTable table) {
    long began = System.nanoTime();
    if (table.damage().isPresent()) {
      throw new IllegalStateException(table.damage().get().description());
    }
    long damage = System.nanoTime();
    Counted.OPENED.set(0);
    Offsets position = table.state().position();
    long end = System.nanoTime();
    System.out.printf(
        "%,7d  %6s  %,9d  %,11d  %16d  %s%n",
        commits,
        reader,
        (damage - began) / 1_000_000,
        (end - damage) / 1_000_000,
        Counted.OPENED.get(),
        position);
  }

  private static void fill(SparkSession spark, Path path, int commits) throws IOException {
    Door door = DoorKind.FAST.to(spark, Readings.FIRST, path);
    door.open(Readings.TOPIC_ID);
    Path log = path.resolve("_delta_log");
    for (int version = 1; version <= commits; version++) {
      TreeMap<Integer, Long> from = new TreeMap<>(Map.of(0, (version - 1) * 10L));
      TreeMap<Integer, Long> to = new TreeMap<>(Map.of(0, version * 10L));
      String note =
          new CommitNote(
                  "readings",
                  "weather.readings.v1",
                  Readings.TOPIC_ID,
                  Readings.TOPIC_ID,
                  "benchmark",
                  OptionalLong.of(version - 1),
                  new Offsets(from),
                  new Offsets(to),
                  10,
                  0)
              .json();
      String file = "part-%d.parquet".formatted(version);
      Files.write(path.resolve(file), new byte[] {1});
      Files.writeString(
          log.resolve("%020d.json".formatted(version)),
          """
          {"commitInfo":{"timestamp":%1$d,"operation":"WRITE","operationParameters":{},"isBlindAppend":true,"userMetadata":"%2$s"}}
          {"txn":{"appId":"%3$s","version":%4$d}}
          {"add":{"path":"%5$s","partitionValues":{},"size":1,"modificationTime":%1$d,"dataChange":true,"stats":"{\\"numRecords\\":10}"}}
          """
              .formatted(
                  1_700_000_000_000L + version,
                  note.replace("\"", "\\\""),
                  Readings.TOPIC_ID,
                  1 + (version - 1) * 10L,
                  file));
      if (version == commits / CHECKPOINT * CHECKPOINT) {
        // Delta would have made them on the way too: only the last one counts.
        DeltaLog.clearCache();
        DeltaLog delta = DeltaLog.forTable(spark, path.toString());
        delta.checkpoint(delta.unsafeVolatileSnapshot(), scala.Option.empty());
      }
    }
    DeltaLog.clearCache();
  }
}
