package io.landfall.producer.schedule;

import io.landfall.producer.ledger.CompactedTopic;
import io.landfall.producer.ledger.ProducerSettings;
import io.landfall.schemas.Run;
import io.landfall.schemas.SingleObjectFormat;
import io.landfall.schemas.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
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
  private static final Duration NOTED_WITHIN = Duration.ofSeconds(10);

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
    Map<String, Run> runs = new HashMap<>();
    CompactedTopic.read(connection, topic)
        .forEach((key, message) -> runs.put(key, CompactedTopic.decode(FORMAT, message)));
    return Optional.ofNullable(runs.get(KEY));
  }

  @Override
  public void note(Run run) {
    try (Producer<String, byte[]> producer =
        new KafkaProducer<>(
            ProducerSettings.of(connection, NOTED_WITHIN),
            new StringSerializer(),
            new ByteArraySerializer())) {
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
