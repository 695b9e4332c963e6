package io.landfall.producer.ledger;

import io.landfall.schemas.ArchivePosition;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.LedgerEntry;
import io.landfall.schemas.ListedDays;
import io.landfall.schemas.Owner;
import io.landfall.schemas.SingleObjectFormat;
import io.landfall.schemas.Topic;
import io.landfall.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Ledger and archive in two topics of Kafka, both written in one transaction. */
final class KafkaTransactions implements Transactions {

  private static final SingleObjectFormat<ItemAnswers> ANSWERS =
      SingleObjectFormat.of(ItemAnswers.class);
  private static final SingleObjectFormat<LedgerEntry> ENTRIES =
      SingleObjectFormat.of(LedgerEntry.class);
  private static final SingleObjectFormat<ListedDays> DAYS =
      SingleObjectFormat.of(ListedDays.class);

  private static final SingleObjectFormat<Owner> OWNERS = SingleObjectFormat.of(Owner.class);

  private static final Duration TIME_TO_CLOSE = Duration.ofSeconds(5);

  private final String id = UUID.randomUUID().toString();
  private final Map<String, Object> connection;
  private final Topics topics;
  private final Archive archive;
  private @Nullable Producer<String, byte[]> producer;

  /**
   * @param connection Kafka client settings
   */
  KafkaTransactions(Map<String, Object> connection, Topics topics) {
    this.connection = Map.copyOf(connection);
    this.topics = topics;
    this.archive = new Archive(connection, topics.answers());
  }

  @Override
  public Known takeOver() {
    close();
    Producer<String, byte[]> owner = open();
    producer = owner;
    owner.beginTransaction();
    send(
        owner,
        topics.ledger(),
        Topics.OWNER,
        OWNERS.encode(new Owner(id, Instant.now().truncatedTo(ChronoUnit.MILLIS))));
    owner.commitTransaction();
    return read(connection, topics);
  }

  @Override
  public boolean isOwner() {
    String[] owner = {id};
    CompactedTopic.read(
        connection,
        topics.ledger(),
        message -> {
          if (Topics.OWNER.equals(message.key())) {
            owner[0] = CompactedTopic.decode(OWNERS, message).getId();
          }
        });
    return owner[0].equals(id);
  }

  private Producer<String, byte[]> open() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    // Kafka refuses one that is shorter than a request and what it waits for.
    if (!connection.containsKey(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG)
        && !connection.containsKey(ProducerConfig.LINGER_MS_CONFIG)) {
      settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
    }
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
      // What is open then is aborted by whoever takes over.
      producer.close(TIME_TO_CLOSE);
    }
  }

  /** All that is committed. */
  static Known read(Map<String, Object> connection, Topics topics) {
    Map<String, LedgerEntry> entries = new HashMap<>();
    ListedDays[] days = new ListedDays[1];
    CompactedTopic.read(
        connection,
        topics.ledger(),
        message -> {
          if (Topics.LISTED_DAYS.equals(message.key())) {
            days[0] = CompactedTopic.decode(DAYS, message);
          } else if (!Topics.OWNER.equals(message.key())) {
            entries.put(message.key(), CompactedTopic.decode(ENTRIES, message));
          }
        });
    return new Known(entries, Optional.ofNullable(days[0]));
  }

  @Override
  public List<LedgerEntry> commit(List<Update> updates, Optional<ListedDays> listed) {
    Producer<String, byte[]> owner = Objects.requireNonNull(producer, "Nobody has taken over");
    owner.beginTransaction();
    Map<String, Future<RecordMetadata>> sent = new HashMap<>();
    for (Update one : updates) {
      one.answers()
          .ifPresent(
              found ->
                  sent.put(
                      one.key(),
                      owner.send(
                          new ProducerRecord<>(
                              topics.answers().name(), one.key(), ANSWERS.encode(found)))));
    }
    if (!sent.isEmpty()) {
      owner.flush();
    }
    List<LedgerEntry> written = new ArrayList<>();
    for (Update one : updates) {
      LedgerEntry entry =
          Optional.ofNullable(sent.get(one.key()))
              .map(archived -> archived(one.entry(), archived))
              .orElse(one.entry());
      send(owner, topics.ledger(), one.key(), ENTRIES.encode(entry));
      written.add(entry);
    }
    listed.ifPresent(one -> send(owner, topics.ledger(), Topics.LISTED_DAYS, DAYS.encode(one)));
    owner.commitTransaction();
    return written;
  }

  private static LedgerEntry archived(LedgerEntry entry, Future<RecordMetadata> sent) {
    try {
      RecordMetadata at = sent.get();
      return LedgerEntry.newBuilder(entry)
          .setArchived(new ArchivePosition(at.partition(), at.offset()))
          .build();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException failure
          ? failure
          : new KafkaException("An answer could not be archived", e);
    }
  }

  @Override
  public Optional<ItemAnswers> archived(String key, ArchivePosition position) {
    return archive.read(key, position);
  }

  /** The only place where a send's future is dropped: the commit reports every failed send. */
  @SuppressWarnings("FutureReturnValueIgnored")
  private static void send(Producer<String, byte[]> owner, Topic topic, String key, byte[] value) {
    owner.send(new ProducerRecord<>(topic.name(), key, value));
  }

  @Override
  public void close() {
    archive.close();
    if (producer != null) {
      end(producer);
      producer = null;
    }
  }
}
