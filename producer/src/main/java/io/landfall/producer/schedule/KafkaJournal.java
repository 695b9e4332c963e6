package io.landfall.producer.schedule;

import io.landfall.cli.LandfallException;
import io.landfall.producer.ledger.CompactedTopic;
import io.landfall.producer.ledger.ProducerSettings;
import io.landfall.schemas.PastRun;
import io.landfall.schemas.PastRuns;
import io.landfall.schemas.Run;
import io.landfall.schemas.SingleObjectFormat;
import io.landfall.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The latest run of the schedule, and the last of all runs, in a compacted topic. */
public final class KafkaJournal implements ScheduledRuns.Journal {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaJournal.class);
  private static final SingleObjectFormat<Run> FORMAT = SingleObjectFormat.of(Run.class);
  private static final SingleObjectFormat<PastRuns> PAST = SingleObjectFormat.of(PastRuns.class);
  private static final String KEY = "schedule";
  private static final String PAST_KEY = "runs";

  /** More of them tell nobody more. */
  private static final int KEPT = 10;

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
    return read(KEY, FORMAT);
  }

  /** The last of all runs, oldest first. */
  public List<PastRun> past() {
    return read(PAST_KEY, PAST).map(PastRuns::getRuns).orElse(List.of());
  }

  private <T> Optional<T> read(String key, SingleObjectFormat<T> format) {
    return Optional.ofNullable(CompactedTopic.read(connection, topic).get(key))
        .map(message -> CompactedTopic.decode(format, message));
  }

  @Override
  public void note(Run run) {
    note(() -> new ProducerRecord<>(topic.name(), KEY, FORMAT.encode(run)));
  }

  /** Notes a run among the others, in place of what was noted of it when it began. */
  public void note(PastRun run) {
    note(
        () ->
            new ProducerRecord<>(
                topic.name(), PAST_KEY, PAST.encode(new PastRuns(with(past(), run)))));
  }

  static List<PastRun> with(List<PastRun> past, PastRun run) {
    List<PastRun> runs =
        new ArrayList<>(past.stream().filter(one -> !one.getId().equals(run.getId())).toList());
    runs.add(run);
    return runs.subList(Math.max(0, runs.size() - KEPT), runs.size());
  }

  private void note(Supplier<ProducerRecord<String, byte[]>> note) {
    try (Producer<String, byte[]> producer =
        new KafkaProducer<>(
            ProducerSettings.of(connection, NOTED_WITHIN),
            new StringSerializer(),
            new ByteArraySerializer())) {
      producer.send(note.get()).get();
    } catch (ExecutionException | KafkaException | LandfallException e) {
      // A note that is lost costs one run too many after a restart, or a line of the status; a
      // schedule that ends costs them all.
      LOG.atWarn().addKeyValue("reason", e.getMessage()).log("The run could not be noted");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
