package io.landfall.producer.ledger;

import io.landfall.cli.Count;
import io.landfall.cli.LandfallException;
import io.landfall.cli.RefusalReason;
import io.landfall.cli.metrics.Metric;
import io.landfall.cli.metrics.Metrics;
import io.landfall.schemas.ArchivePosition;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.LedgerEntry;
import io.landfall.schemas.ListedDays;
import io.landfall.schemas.Owner;
import io.landfall.schemas.SingleObjectFormat;
import io.landfall.schemas.Topic;
import io.landfall.schemas.Topics;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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

  private static final Duration SENT_WITHIN = Duration.ofSeconds(30);
  private static final Duration TIME_TO_CLOSE = Duration.ofSeconds(5);

  private final String id = UUID.randomUUID().toString();
  private final Map<String, Object> connection;
  private final Topics topics;
  private final Archive archive;
  private final Metrics metrics;
  private @Nullable Producer<String, byte[]> producer;
  private Metrics.Closing figures = () -> {};

  /**
   * @param connection Kafka client settings
   */
  KafkaTransactions(Map<String, Object> connection, Topics topics) {
    this(connection, topics, Metrics.OFF);
  }

  KafkaTransactions(Map<String, Object> connection, Topics topics, Metrics metrics) {
    this.metrics = metrics;
    this.connection = Map.copyOf(connection);
    this.topics = topics;
    this.archive = new Archive(connection, topics.answers());
  }

  /** Whatever an earlier owner has left open is ended before anything is read. */
  @Override
  public Known takeOver() {
    close();
    Producer<String, byte[]> owner = open();
    producer = owner;
    figures = metrics.library(() -> new KafkaClientMetrics(owner));
    Map<String, ConsumerRecord<String, byte[]>> ledger =
        CompactedTopic.read(connection, topics.ledger());
    String archive = refuseAnother(ledger);
    Known known = known(ledger);
    owner.beginTransaction();
    send(
        owner,
        topics.ledger(),
        Topics.OWNER,
        OWNERS.encode(new Owner(id, Instant.now().truncatedTo(ChronoUnit.MILLIS), archive)));
    owner.commitTransaction();
    return known;
  }

  /** Kafka's id of the topic of raw answers. */
  private String archive() {
    String name = topics.answers().name();
    try (Admin admin = Admin.create(connection)) {
      return Objects.requireNonNull(
              admin.describeTopics(List.of(name)).allTopicNames().get().get(name))
          .topicId()
          .toString();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /** Returns the id of the archive, which is the one that the ledger was filled with. */
  String refuseAnother(Map<String, ConsumerRecord<String, byte[]>> ledger) {
    String archive = archive();
    owner(ledger)
        .map(Owner::getArchive)
        .filter(filled -> !filled.equals(archive))
        .ifPresent(
            filled -> {
              throw anotherArchive(archive, filled, entries(ledger).values());
            });
    return archive;
  }

  private LandfallException anotherArchive(
      String archive, String filled, Collection<LedgerEntry> entries) {
    return LandfallException.refused(
        RefusalReason.TOPIC_RECREATED,
        "Topic %s was made anew: its id is %s, and the ledger was filled together with %s. The answers of %s that the ledger says are held are not in it, and would never be fetched again. Nothing was written. Bring the old topic back; or delete the topic %s too, and everything is fetched again; or go on without them: %s"
            .formatted(
                topics.answers().name(),
                archive,
                filled,
                Count.of(
                    entries.stream().filter(entry -> !entry.getHeld().isEmpty()).count(), "item"),
                topics.ledger().name(),
                CompactedTopic.forgetting(Topics.OWNER, topics.ledger().name())));
  }

  /** What lies behind an open transaction does not count: it may be our own. */
  @Override
  public boolean isOwner() {
    return owner(CompactedTopic.readCommitted(connection, topics.ledger()))
        .map(Owner::getId)
        .orElse(id)
        .equals(id);
  }

  private static Optional<Owner> owner(Map<String, ConsumerRecord<String, byte[]>> ledger) {
    return Optional.ofNullable(ledger.get(Topics.OWNER))
        .map(message -> CompactedTopic.decode(OWNERS, message));
  }

  private Producer<String, byte[]> open() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 15_000);
    settings.putAll(ProducerSettings.of(connection, SENT_WITHIN));
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topics.member("fetch"));
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

  /** All that is there. */
  static Known read(Map<String, Object> connection, Topics topics) {
    Map<String, ConsumerRecord<String, byte[]>> ledger =
        CompactedTopic.read(connection, topics.ledger());
    owner(ledger);
    return known(ledger);
  }

  private static Known known(Map<String, ConsumerRecord<String, byte[]>> ledger) {
    return new Known(
        entries(ledger),
        Optional.ofNullable(ledger.get(Topics.LISTED_DAYS))
            .map(message -> CompactedTopic.decode(DAYS, message)));
  }

  private static Map<String, LedgerEntry> entries(
      Map<String, ConsumerRecord<String, byte[]>> ledger) {
    Map<String, LedgerEntry> entries = new HashMap<>();
    ledger.forEach(
        (key, message) -> {
          if (!key.equals(Topics.LISTED_DAYS) && !key.equals(Topics.OWNER)) {
            entries.put(key, CompactedTopic.decode(ENTRIES, message));
          }
        });
    return entries;
  }

  @Override
  public List<LedgerEntry> commit(List<Update> updates, Optional<ListedDays> listed) {
    Producer<String, byte[]> owner = Objects.requireNonNull(producer, "Nobody has taken over");
    long began = System.nanoTime();
    owner.beginTransaction();
    Map<String, Future<RecordMetadata>> sent = new HashMap<>();
    for (Update one : updates) {
      for (ItemAnswers part : one.answers()) {
        Future<RecordMetadata> future =
            owner.send(
                new ProducerRecord<>(topics.answers().name(), one.key(), ANSWERS.encode(part)));
        // The others of one look stand behind its first: one thread sends them, of one key.
        sent.putIfAbsent(one.key(), future);
      }
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
    metrics.observe(
        Metric.TRANSACTION_SECONDS,
        Duration.ofNanos(System.nanoTime() - began),
        topics.dataset().source());
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

  @Override
  public boolean reaches(ArchivePosition position) {
    return archive.reaches(position);
  }

  /** The only place where a send's future is dropped: the commit reports every failed send. */
  @SuppressWarnings("FutureReturnValueIgnored")
  private static void send(Producer<String, byte[]> owner, Topic topic, String key, byte[] value) {
    owner.send(new ProducerRecord<>(topic.name(), key, value));
  }

  @Override
  public void close() {
    archive.close();
    figures.close();
    if (producer != null) {
      end(producer);
      producer = null;
    }
  }
}
