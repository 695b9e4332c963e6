package io.landfall.consumer.ingest;

import io.landfall.consumer.bronze.BronzeSchema;
import io.landfall.consumer.bronze.RowLayout;
import io.landfall.consumer.bronze.WrittenFile;
import io.landfall.consumer.landing.KafkaCluster;
import io.landfall.consumer.landing.KafkaSource;
import io.landfall.consumer.landing.Stretch;
import io.landfall.program.Stop;
import io.landfall.schemas.Dataset;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/** Writes a batch in as many tasks of Spark as the work is worth. */
public final class SparkBatchWriter implements BatchWriter {

  /** Below this many offsets a further task and a further file cost more than they bring. */
  private static final long OFFSETS_WORTH_A_TASK = 50_000;

  private final int parallelism;
  private final Configuration configuration;
  private final KafkaCluster cluster;
  private final KafkaSource source;
  private final Dataset dataset;
  private final String table;

  /**
   * @param table the folder that the files are written to
   */
  public SparkBatchWriter(SparkSession spark, KafkaCluster cluster, Dataset dataset, String table) {
    this.parallelism = spark.sparkContext().defaultParallelism();
    this.configuration = spark.sparkContext().hadoopConfiguration();
    this.cluster = cluster;
    this.source = new KafkaSource(spark, cluster, dataset.landing().name());
    this.dataset = dataset;
    this.table = table;
  }

  @Override
  public List<WrittenFile> write(Stretch stretch, String topicId, Instant began) {
    int tasks = (int) Math.min(1 + stretch.span() / OFFSETS_WORTH_A_TASK, parallelism);
    RowLayout layout =
        new RowLayout(
            dataset.schema().toString(),
            BronzeSchema.statisticsColumns(dataset),
            topicId,
            ChronoUnit.MICROS.between(Instant.EPOCH, began));
    LandSlice task = new LandSlice(table, layout, new SerializableConfiguration(configuration));
    return filesOf(source.records(stretch, tasks).mapPartitions(task).collect());
  }

  private List<WrittenFile> filesOf(List<SliceResult> results) {
    List<WrittenFile> files = new ArrayList<>();
    List<Stop> stops = new ArrayList<>();
    for (SliceResult result : results) {
      if (result instanceof SliceResult.Landed landed) {
        files.addAll(landed.files());
      } else {
        stops.add(stop(result));
      }
    }
    if (!stops.isEmpty()) {
      discard(files);
      throw stops.get(0);
    }
    return files;
  }

  private Stop stop(SliceResult result) {
    String topic = dataset.landing().name();
    if (result instanceof SliceResult.Undecodable bad) {
      return Stop.refused(
          "Topic %s, partition %d, offset %d holds a record that cannot be decoded: %s. Nothing from there on was written; the table stands before this batch."
              .formatted(topic, bad.partition(), bad.offset(), bad.why()));
    }
    if (result instanceof SliceResult.Gone gone) {
      return Stop.refused(
          "Topic %s no longer has offsets that the table has not seen (%s): they expired or were deleted while this ran. Going on would lose rows; nothing of this batch was written."
              .formatted(topic, gone.what()));
    }
    return Stop.unavailable(
        "Kafka at %s stopped answering while topic %s was read (%s). Nothing of this batch was written; the same command goes on from there."
            .formatted(cluster.bootstrapServers(), topic, result),
        new IOException(result.toString()));
  }

  @Override
  public void discard(List<WrittenFile> files) {
    for (WrittenFile file : files) {
      Path path = new Path(table, file.name());
      try {
        path.getFileSystem(configuration).delete(path, false);
      } catch (IOException e) {
        Ingest.LOG
            .atWarn()
            .addKeyValue("file", path)
            .log("An unused file could not be removed: {}", e.toString());
      }
    }
  }
}
