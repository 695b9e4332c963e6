package io.landfall.consumer.landing;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.schemas.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamReader;

/**
 * A topic as a stream of Spark's: committed records only, from the exact offsets asked for, and a
 * failure rather than a gap.
 */
public final class LandingStream {

  /** Where the stream's rows have their columns. */
  public static final int VALUE = 0;

  public static final int PARTITION = 1;
  public static final int OFFSET = 2;
  public static final int TIMESTAMP = 3;
  public static final int KEY = 4;
  public static final int HEADERS = 5;

  /** Their names; headers are an array of structs of {@code key} and {@code value}. */
  private static final String[] COLUMNS = {
    "value", "partition", "offset", "timestamp", "key", "headers"
  };

  private static final String SUBSCRIBE = "subscribe";
  private static final String RECORDS_PER_BATCH = "maxOffsetsPerTrigger";
  private static final JsonMapper JSON = new JsonMapper();

  private final SparkSession spark;
  private final KafkaSettings kafka;
  private final Topics topics;
  private final long recordsPerBatch;

  /**
   * @param recordsPerBatch about the most records in one batch
   */
  public LandingStream(
      SparkSession spark, KafkaSettings kafka, Topics topics, long recordsPerBatch) {
    this.spark = spark;
    this.kafka = kafka;
    this.topics = topics;
    this.recordsPerBatch = recordsPerBatch;
  }

  /** The topic's name. */
  public String topic() {
    return topics.landing().name();
  }

  /**
   * The records from a position on, in the columns above.
   *
   * @param partitions every partition that the topic has: Spark wants each named
   */
  public Dataset<Row> from(Offsets position, Set<Integer> partitions) {
    DataStreamReader reader =
        spark
            .readStream()
            .format("kafka")
            .options(options())
            .option("startingOffsets", json(position, partitions));
    return inOrder(reader.load());
  }

  /** The records between two positions, all at once and not as a stream. */
  public Dataset<Row> between(Offsets from, Offsets to) {
    Set<Integer> partitions = from.partitionsWith(to);
    Map<String, String> options = options();
    options.remove(RECORDS_PER_BATCH);
    options.remove(SUBSCRIBE);
    return inOrder(
        spark
            .read()
            .format("kafka")
            .options(options)
            .option("assign", assignment(partitions))
            .option("startingOffsets", json(from, partitions))
            .option("endingOffsets", json(to, partitions))
            .load());
  }

  /** Records in the columns above, which are found by their names. */
  public static Dataset<Row> inOrder(Dataset<Row> records) {
    return records.selectExpr(COLUMNS);
  }

  private Map<String, String> options() {
    Map<String, String> options = new HashMap<>();
    // A batch whose range ends behind a marker is polled until its position passes the marker, for
    // this long in each partition, one after the other.
    options.put("kafka.fetch.max.wait.ms", "5");
    options.put("kafka.max.partition.fetch.bytes", Integer.toString(4 * 1024 * 1024));
    options.put("kafka.max.poll.records", "5000");
    kafka.clients().forEach((key, value) -> options.put("kafka." + key, value));
    options.put("kafka.bootstrap.servers", kafka.bootstrapServers());
    options.put("kafka.isolation.level", "read_committed");
    options.put("kafkaConsumer.pollTimeoutMs", "30000");
    options.put("failOnDataLoss", "true");
    options.put(SUBSCRIBE, topic());
    options.put("includeHeaders", "true");
    options.put("groupIdPrefix", topics.member("ingest"));
    options.put(RECORDS_PER_BATCH, Long.toString(recordsPerBatch));
    return options;
  }

  private String assignment(Set<Integer> partitions) {
    ObjectNode json = JSON.createObjectNode();
    ArrayNode wanted = json.putArray(topic());
    partitions.forEach(wanted::add);
    return json.toString();
  }

  private String json(Offsets position, Set<Integer> partitions) {
    ObjectNode json = JSON.createObjectNode();
    ObjectNode offsets = json.putObject(topic());
    for (int partition : partitions) {
      offsets.put(Integer.toString(partition), position.in(partition));
    }
    return json.toString();
  }
}
