package io.landfall.consumer.columnar;

import io.landfall.consumer.bronze.RowLayout;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.nhl.NhlDatasets;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A topic's records into Parquet, the plain way and this room's, in turn: {@code mvn -Pbenchmark
 * -pl consumer -am process-test-classes}, with {@code -Dlandfall.bootstrap-servers=HOST:PORT} for
 * another broker than 127.0.0.1:9092 and {@code -Dlandfall.rounds=N} for more rounds. The first
 * round is a JVM's first. Two tasks at once, as in a run on two processors.
 */
public final class ColumnarFileBenchmark {

  private static final int TASKS = 2;
  private static final Dataset DATASET = NhlDatasets.PLAYER_GAME_STATS;
  private static final Configuration CONFIGURATION = new Configuration();

  /** Writes records into a file and tells its size. */
  private interface Writer {
    long write(List<byte[]> records, Path folder) throws Exception;
  }

  private ColumnarFileBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    List<byte[]> records = records(System.getProperty("landfall.bootstrap-servers"));
    int rounds = Integer.getInteger("landfall.rounds");
    Path folder = new Path(Files.createTempDirectory("columnar-benchmark").toUri());
    ExecutorService threads = Executors.newFixedThreadPool(TASKS);
    try {
      System.out.printf("%d records, %d tasks%n", records.size(), TASKS);
      System.out.println("round  plain ms  columnar ms  ratio  plain bytes  columnar bytes");
      for (int round = 0; round < rounds; round++) {
        System.gc();
        long[] plain = measure(threads, records, folder, ColumnarFileBenchmark::plain);
        System.gc();
        long[] columnar = measure(threads, records, folder, ColumnarFileBenchmark::columnar);
        System.out.printf(
            "%5d  %8d  %11d  %5.2f  %11d  %14d%n",
            round, plain[0], columnar[0], (double) plain[0] / columnar[0], plain[1], columnar[1]);
      }
    } finally {
      threads.shutdown();
      FileSystem.getLocal(CONFIGURATION).delete(folder, true);
    }
  }

  private static long[] measure(
      ExecutorService threads, List<byte[]> records, Path folder, Writer writer) throws Exception {
    List<Callable<Long>> tasks = new ArrayList<>();
    for (int task = 0; task < TASKS; task++) {
      List<byte[]> part =
          records.subList(records.size() * task / TASKS, records.size() * (task + 1) / TASKS);
      tasks.add(() -> writer.write(part, folder));
    }
    long began = System.nanoTime();
    long bytes = 0;
    for (Future<Long> task : threads.invokeAll(tasks)) {
      bytes += task.get();
    }
    return new long[] {Duration.ofNanos(System.nanoTime() - began).toMillis(), bytes};
  }

  private static long plain(List<byte[]> records, Path folder) throws IOException {
    Path path = new Path(folder, "plain-%d.parquet".formatted(System.nanoTime()));
    try (PlainFile file = new PlainFile(path, layout(), CONFIGURATION)) {
      for (int i = 0; i < records.size(); i++) {
        file.append(records.get(i), 0, i, 1_700_000_000_000_000L + i / 100);
      }
    }
    return path.getFileSystem(CONFIGURATION).getFileStatus(path).getLen();
  }

  private static long columnar(List<byte[]> records, Path folder) throws Exception {
    try (ColumnarFile file = ColumnarFile.create(folder, layout(), CONFIGURATION)) {
      for (int i = 0; i < records.size(); i++) {
        file.append(records.get(i), 0, i, 1_700_000_000_000_000L + i / 100);
      }
      return file.finish().bytes();
    }
  }

  private static RowLayout layout() {
    return RowLayout.of(DATASET, "kT5kBzFpQdWQ2Wz0c0ffee", 1_700_000_000_000_000L);
  }

  private static List<byte[]> records(String servers) {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            servers,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(DATASET.landing().name()).stream()
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<byte[]> records = new ArrayList<>();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          records.add(record.value());
        }
      }
      return records;
    }
  }
}
