package io.landfall.producer.schedule;

import io.landfall.producer.ledger.CompactedTopic;
import io.landfall.schemas.Run;
import io.landfall.schemas.SingleObjectFormat;
import io.landfall.schemas.Topic;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The latest run, in a compacted topic. */
public final class KafkaJournal implements ScheduledRuns.Journal {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaJournal.class);
  private static final SingleObjectFormat<Run> FORMAT = SingleObjectFormat.of(Run.class);
  private static final String KEY = "schedule";

  private final Map<String, Object> connection;
  private final Topic topic;

  /**
   * A journal in one cluster.
   *
   * @param connection Kafka client settings
   */
  public KafkaJournal(Map<String, Object> connection, Topic topic) {
    this.connection = Map.copyOf(connection);
    this.topic = topic;
  }

  @Override
  public Optional<Run> latest() {
    Run[] latest = new Run[1];
    CompactedTopic.read(
        connection, topic, message -> latest[0] = CompactedTopic.decode(FORMAT, message));
    return Optional.ofNullable(latest[0]);
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
      producer.send(new ProducerRecord<>(topic.name(), KEY, FORMAT.encode(run))).get();
    } catch (ExecutionException | KafkaException e) {
      // A note that is lost costs one run too many after a restart; a schedule that ends costs them
      // all.
      LOG.atWarn().addKeyValue("reason", e.getMessage()).log("The run could not be noted");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
