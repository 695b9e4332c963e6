package io.landfall.producer.schedule;

import io.landfall.schemas.Run;
import io.landfall.schemas.SingleObjectFormat;
import io.landfall.schemas.SingleObjectFormat.Undecodable;
import io.landfall.schemas.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The latest run, in a compacted topic. */
public final class KafkaJournal implements ScheduledRuns.Journal {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaJournal.class);
  private static final SingleObjectFormat<Run> FORMAT = SingleObjectFormat.of(Run.class);
  private static final String KEY = "schedule";

  private final Map<String, Object> connection;

  /**
   * A journal in one cluster.
   *
   * @param connection Kafka client settings
   */
  public KafkaJournal(Map<String, Object> connection) {
    this.connection = Map.copyOf(connection);
  }

  @Override
  public Optional<Run> latest() {
    Map<String, Object> settings = new HashMap<>(connection);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    TopicPartition partition = new TopicPartition(Topics.RUNS.name(), 0);
    Optional<Run> latest = Optional.empty();
    try (Consumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<String, byte[]> message : consumer.poll(Duration.ofMillis(200))) {
          latest = Optional.of(FORMAT.decode(message.value()));
        }
      }
      return latest;
    } catch (Undecodable e) {
      throw new IllegalStateException(
          "The latest run in " + Topics.RUNS.name() + " cannot be read", e);
    }
  }

  @Override
  public void note(Run run) {
    Map<String, Object> settings = new HashMap<>(connection);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
    try (Producer<String, byte[]> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(Topics.RUNS.name(), KEY, FORMAT.encode(run))).get();
    } catch (ExecutionException | KafkaException e) {
      // A note that is lost costs one run too many after a restart; a schedule that ends costs them
      // all.
      LOG.atWarn().addKeyValue("reason", e.getMessage()).log("The run could not be noted");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
