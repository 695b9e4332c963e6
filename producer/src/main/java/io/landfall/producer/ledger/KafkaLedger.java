package io.landfall.producer.ledger;

import io.landfall.cli.Count;
import io.landfall.cli.Reason;
import io.landfall.cli.Stop;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.LedgerEntry;
import io.landfall.schemas.ListedDays;
import io.landfall.schemas.SingleObjectFormat;
import io.landfall.schemas.Topic;
import io.landfall.schemas.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger in a compacted topic, the archive in another, both written in one transaction. It owns
 * them: no other process writes to them while this one lives, because a second one with the same
 * transactional id fences the first.
 */
public final class KafkaLedger implements Ledger, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaLedger.class);
  private static final int TRIES = 3;

  private static final SingleObjectFormat<ItemAnswers> ANSWERS =
      SingleObjectFormat.of(ItemAnswers.class);
  private static final SingleObjectFormat<LedgerEntry> ENTRIES =
      SingleObjectFormat.of(LedgerEntry.class);
  private static final SingleObjectFormat<ListedDays> DAYS =
      SingleObjectFormat.of(ListedDays.class);

  private final Map<String, Object> connection;
  private final Topics topics;
  private Producer<String, byte[]> producer;
  private Map<String, LedgerEntry> entries = Map.of();
  private Optional<ListedDays> days = Optional.empty();

  /**
   * Takes over from any earlier owner, then reads what it left.
   *
   * @param connection Kafka client settings
   */
  public KafkaLedger(Map<String, Object> connection, Topics topics) {
    this.connection = Map.copyOf(connection);
    this.topics = topics;
    this.producer = open();
    boolean read = false;
    try {
      read();
      read = true;
    } finally {
      if (!read) {
        end(producer);
      }
    }
  }

  private Producer<String, byte[]> open() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 20_000);
    settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 15_000);
    settings.putAll(connection);
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topics.member("fetch"));
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topic.MAX_RECORD_BYTES);
    Producer<String, byte[]> opened =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    boolean ready = false;
    try {
      opened.initTransactions();
      ready = true;
      return opened;
    } finally {
      if (!ready) {
        end(opened);
      }
    }
  }

  /** A thread that is told to stop cannot wait; what is not committed then is aborted. */
  private static void end(Producer<String, byte[]> producer) {
    if (Thread.currentThread().isInterrupted()) {
      producer.close(Duration.ZERO);
    } else {
      producer.close();
    }
  }

  private void read() {
    Known known = read(connection, topics);
    entries = new HashMap<>(known.entries());
    days = known.days();
  }

  /**
   * All that is in it, for somebody who only looks.
   *
   * @param connection Kafka client settings
   */
  public static Known read(Map<String, Object> connection, Topics topics) {
    Map<String, LedgerEntry> entries = new HashMap<>();
    ListedDays[] days = new ListedDays[1];
    CompactedTopic.read(
        connection,
        topics.ledger(),
        message -> {
          if (Topics.LISTED_DAYS.equals(message.key())) {
            days[0] = CompactedTopic.decode(DAYS, message);
          } else {
            entries.put(message.key(), CompactedTopic.decode(ENTRIES, message));
          }
        });
    return new Known(entries, Optional.ofNullable(days[0]));
  }

  @Override
  public Known known() {
    return new Known(entries, days);
  }

  @Override
  public void record(List<Update> updates, Optional<ListedDays> listed) {
    List<Update> left = updates;
    Optional<ListedDays> newDays = listed.filter(one -> !Optional.of(one).equals(days));
    for (int attempt = 1; !left.isEmpty() || newDays.isPresent(); attempt++) {
      try {
        commit(left, newDays);
        left.forEach(one -> entries.put(one.key(), one.entry()));
        days = newDays.or(() -> days);
        return;
      } catch (ProducerFencedException | InvalidProducerEpochException e) {
        throw Stop.superseded(
            "Another run of the producer has taken over; this one ends. What it committed stays.",
            e);
      } catch (InterruptException e) {
        throw e;
      } catch (KafkaException e) {
        if (attempt == TRIES) {
          throw Stop.unavailable(
              "Kafka did not commit %s in %d tries: %s. They stay due: run again."
                  .formatted(Count.of(left.size(), "item"), TRIES, Reason.of(e)),
              e);
        }
        LOG.atWarn()
            .addKeyValue("items", left.size())
            .addKeyValue("attempt", attempt)
            .addKeyValue("reason", e.getMessage())
            .log("A transaction ended without an answer; reading the ledger to see what it left");
        end(producer);
        producer = open();
        read();
        left = left.stream().filter(one -> !one.entry().equals(entries.get(one.key()))).toList();
        newDays = newDays.filter(one -> !Optional.of(one).equals(days));
      }
    }
  }

  private void commit(List<Update> updates, Optional<ListedDays> listed) {
    producer.beginTransaction();
    for (Update one : updates) {
      one.answers().ifPresent(found -> send(topics.answers(), one.key(), ANSWERS.encode(found)));
      send(topics.ledger(), one.key(), ENTRIES.encode(one.entry()));
    }
    listed.ifPresent(one -> send(topics.ledger(), Topics.LISTED_DAYS, DAYS.encode(one)));
    producer.commitTransaction();
  }

  /** The only place where a send's future is dropped: the commit reports every failed send. */
  @SuppressWarnings("FutureReturnValueIgnored")
  private void send(Topic topic, String key, byte[] value) {
    producer.send(new ProducerRecord<>(topic.name(), key, value));
  }

  @Override
  public void close() {
    end(producer);
  }
}
