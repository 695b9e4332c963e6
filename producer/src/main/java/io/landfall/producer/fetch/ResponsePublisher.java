package io.landfall.producer.fetch;

import io.landfall.producer.ledger.Known;
import io.landfall.producer.ledger.LedgerReader;
import io.landfall.program.Count;
import io.landfall.program.Reason;
import io.landfall.program.Stop;
import io.landfall.schemas.GameResponses;
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
 * Commits answers and ledger entries together. It owns the ledger: no other process writes to it
 * while this one lives, because a second one with the same transactional id fences the first.
 */
public final class ResponsePublisher implements Archive, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ResponsePublisher.class);
  private static final String TRANSACTIONAL_ID = "landfall-fetch";
  private static final int TRIES = 3;

  private static final SingleObjectFormat<GameResponses> RESPONSES =
      SingleObjectFormat.of(GameResponses.class);
  private static final SingleObjectFormat<LedgerEntry> ENTRIES =
      SingleObjectFormat.of(LedgerEntry.class);
  private static final SingleObjectFormat<ListedDays> DAYS =
      SingleObjectFormat.of(ListedDays.class);

  private final Map<String, Object> connection;
  private Producer<String, byte[]> producer;
  private Map<Integer, LedgerEntry> games;
  private Optional<ListedDays> days;

  /**
   * Takes over from any earlier publisher, then reads the ledger.
   *
   * @param connection Kafka client settings
   */
  public ResponsePublisher(Map<String, Object> connection) {
    this.connection = Map.copyOf(connection);
    this.producer = open();
    Known known = LedgerReader.read(connection);
    this.games = new HashMap<>(known.games());
    this.days = known.days();
  }

  @Override
  public Known known() {
    return new Known(games, days);
  }

  private Producer<String, byte[]> open() {
    Map<String, Object> settings = new HashMap<>(connection);
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, TRANSACTIONAL_ID);
    settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 15_000);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topic.MAX_RECORD_BYTES);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 20_000);
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

  @Override
  public void publish(List<Fetched> batch, Optional<ListedDays> listed) {
    List<Fetched> left = batch;
    Optional<ListedDays> newDays = listed.filter(one -> !Optional.of(one).equals(days));
    for (int attempt = 1; !left.isEmpty() || newDays.isPresent(); attempt++) {
      try {
        commit(left, newDays);
        left.forEach(one -> games.put(one.entry().getGameId(), one.entry()));
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
                  .formatted(Count.of(left.size(), "game"), TRIES, Reason.of(e)),
              e);
        }
        LOG.atWarn()
            .addKeyValue("games", left.size())
            .addKeyValue("reason", e.getMessage())
            .log("A transaction ended without an answer; reading the ledger to see what it left");
        readAgain();
        left =
            left.stream()
                .filter(one -> !one.entry().equals(games.get(one.entry().getGameId())))
                .toList();
        newDays = newDays.filter(one -> !Optional.of(one).equals(days));
      }
    }
  }

  private void commit(List<Fetched> batch, Optional<ListedDays> listed) {
    producer.beginTransaction();
    for (Fetched one : batch) {
      String key = Integer.toString(one.entry().getGameId());
      one.responses()
          .ifPresent(responses -> send(Topics.GAME_RESPONSES, key, RESPONSES.encode(responses)));
      send(Topics.GAME_LEDGER, key, ENTRIES.encode(one.entry()));
    }
    listed.ifPresent(one -> send(Topics.GAME_LEDGER, Topics.LISTED_DAYS, DAYS.encode(one)));
    producer.commitTransaction();
  }

  /** The only place where a send's future is dropped: the commit reports every failed send. */
  @SuppressWarnings("FutureReturnValueIgnored")
  private void send(Topic topic, String key, byte[] value) {
    producer.send(new ProducerRecord<>(topic.name(), key, value));
  }

  private void readAgain() {
    end(producer);
    producer = open();
    Known known = LedgerReader.read(connection);
    games = new HashMap<>(known.games());
    days = known.days();
  }

  @Override
  public void close() {
    end(producer);
  }
}
