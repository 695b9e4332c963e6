package io.landfall.consumer.landing;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * A stretch of a topic through Spark's Kafka source: committed records only, from the exact offsets
 * asked for, and a failure rather than a gap.
 */
public final class KafkaSource {

  /** Where the source's rows have their columns. */
  public static final int VALUE = 1;

  public static final int PARTITION = 3;
  public static final int OFFSET = 4;

  /** In microseconds since 1970. */
  public static final int TIMESTAMP = 5;

  private static final JsonMapper JSON = new JsonMapper();

  private final SparkSession spark;
  private final KafkaCluster cluster;
  private final String topic;

  public KafkaSource(SparkSession spark, KafkaCluster cluster, String topic) {
    this.spark = spark;
    this.cluster = cluster;
    this.topic = topic;
  }

  /**
   * The stretch's records, in as many tasks as wanted.
   *
   * <p>They are the source's own rows: turning them into {@link Row}s would cost more than reading
   * them. A row is only good until the next one.
   */
  public JavaRDD<InternalRow> records(Stretch stretch, int tasks) {
    List<OffsetRange> ranges = stretch.ranges();
    Map<String, String> options = new HashMap<>();
    cluster.settings().forEach((key, value) -> options.put("kafka." + key, value));
    options.put("kafka.bootstrap.servers", cluster.bootstrapServers());
    options.put("kafka.isolation.level", "read_committed");
    options.put("kafka.fetch.max.wait.ms", "50");
    options.put("kafka.max.partition.fetch.bytes", Integer.toString(4 * 1024 * 1024));
    options.put("kafka.max.poll.records", "5000");
    options.put("kafkaConsumer.pollTimeoutMs", "30000");
    options.put("failOnDataLoss", "true");
    options.put("assign", partitions(ranges));
    options.put("startingOffsets", offsets(ranges, true));
    options.put("endingOffsets", offsets(ranges, false));
    options.put("minPartitions", Integer.toString(tasks));
    Dataset<Row> records = spark.read().format("kafka").options(options).load();
    return records.queryExecution().toRdd().toJavaRDD().coalesce(tasks);
  }

  private String partitions(List<OffsetRange> ranges) {
    ObjectNode json = JSON.createObjectNode();
    ArrayNode partitions = json.putArray(topic);
    ranges.forEach(range -> partitions.add(range.partition()));
    return json.toString();
  }

  private String offsets(List<OffsetRange> ranges, boolean from) {
    ObjectNode json = JSON.createObjectNode();
    ObjectNode offsets = json.putObject(topic);
    for (OffsetRange range : ranges) {
      offsets.put(Integer.toString(range.partition()), from ? range.from() : range.to());
    }
    return json.toString();
  }
}
