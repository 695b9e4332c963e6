package io.landfall.producer.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.landfall.cli.LandfallException;
import io.landfall.cli.Reason;
import io.landfall.cli.kafka.KafkaFailure;
import io.landfall.producer.shape.StateTopic;
import io.landfall.schemas.DeadLetter;
import io.landfall.schemas.Dismissal;
import io.landfall.schemas.SingleObjectFormat;
import io.landfall.schemas.SingleObjectFormat.Undecodable;
import io.landfall.schemas.Topic;
import io.landfall.schemas.Topics;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Dead letters and archive in two topics of Kafka. */
public final class KafkaArchive implements Archive, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaArchive.class);
  private static final SingleObjectFormat<DeadLetter> LETTERS =
      SingleObjectFormat.of(DeadLetter.class);
  private static final SingleObjectFormat<Dismissal> DISMISSALS =
      SingleObjectFormat.of(Dismissal.class);
  private static final Duration TIME_TO_CLOSE = Duration.ofSeconds(5);

  private final Map<String, Object> connection;
  private final Topics topics;
  private final Admin admin;
  private final Partitions partitions;
  private @Nullable Producer<byte[], byte[]> producer;

  /**
   * @param connection Kafka client settings
   * @param topics that are there
   */
  public KafkaArchive(Map<String, Object> connection, Topics topics, Admin admin) {
    this.connection = Map.copyOf(connection);
    this.topics = topics;
    this.admin = admin;
    this.partitions = new Partitions(connection);
  }

  /** Every letter and what became of it, newest last; what others have begun is not waited for. */
  public List<Standing> standings() {
    return asking(() -> view(IsolationLevel.READ_COMMITTED).standings());
  }

  /** One letter with all that it holds. */
  public Optional<DeadLetter> find(Origin origin) {
    DeadLetter[] found = new DeadLetter[1];
    asking(
        () -> {
          eachLetter(
              letter -> {
                if (Letter.of(letter).origin().equals(origin)) {
                  found[0] = letter;
                }
              },
              dismissal -> {});
          return found;
        });
    return Optional.ofNullable(found[0]);
  }

  @Override
  public View look() {
    return asking(() -> view(IsolationLevel.READ_UNCOMMITTED));
  }

  @Override
  public View takeOver() {
    return asking(
        () -> {
          close();
          producer = open();
          return view(IsolationLevel.READ_UNCOMMITTED);
        });
  }

  /**
   * Only what is committed is looked at, up to an end that counts what is not.
   *
   * @param ends which end of the archive: the last stable offset, or all that is there
   */
  private View view(IsolationLevel ends) {
    // First how far shape has come, then its letters: those that are missing then are none.
    Map<TopicPartition, Long> shaped = shaped();
    Map<Origin, Letter> letters = new LinkedHashMap<>();
    Map<Origin, Dismissal> dismissals = new HashMap<>();
    eachLetter(
        letter -> {
          Letter one = Letter.of(letter);
          letters.remove(one.origin());
          letters.put(one.origin(), one);
          dismissals.remove(one.origin());
        },
        one ->
            dismissals.put(new Origin(one.getTopic(), one.getPartition(), one.getOffset()), one));
    String archive = topics.answers().name();
    Standings standings = new Standings(letters.values(), archive, shaped, dismissals);
    Map<TopicPartition, Long> to = ends(topics.answers(), ends);
    partitions.read(
        IsolationLevel.READ_COMMITTED,
        standings.beginnings(),
        to,
        standings::isAsking,
        record ->
            standings.see(
                new TopicPartition(record.topic(), record.partition()),
                record.offset(),
                record.key(),
                record.value()));
    return new View(standings.all(), to);
  }

  /** Whatever shape has begun is waited for: two of its threads write to one partition. */
  private void eachLetter(
      java.util.function.Consumer<DeadLetter> letter,
      java.util.function.Consumer<Dismissal> dismissal) {
    Map<TopicPartition, Long> to = ends(topics.deadLetters(), IsolationLevel.READ_UNCOMMITTED);
    Map<TopicPartition, Long> from = new HashMap<>(to);
    from.replaceAll((partition, end) -> 0L);
    partitions.read(
        IsolationLevel.READ_COMMITTED,
        from,
        to,
        partition -> true,
        record -> {
          Optional<Dismissal> decided = dismissal(record);
          if (decided.isPresent()) {
            dismissal.accept(decided.get());
          } else {
            letter(record).ifPresent(letter);
          }
        });
  }

  private static Optional<Dismissal> dismissal(ConsumerRecord<byte[], byte[]> record) {
    try {
      return record.value() == null
          ? Optional.empty()
          : Optional.of(DISMISSALS.decode(record.value()));
    } catch (Undecodable e) {
      // Nearly all are letters.
      return Optional.empty();
    }
  }

  private static Optional<DeadLetter> letter(ConsumerRecord<byte[], byte[]> record) {
    try {
      if (record.value() == null) {
        throw new Undecodable("It has no value");
      }
      return Optional.of(LETTERS.decode(record.value()));
    } catch (Undecodable e) {
      LOG.atWarn()
          .addKeyValue(
              "at", new Origin(record.topic(), record.partition(), record.offset()).toString())
          .addKeyValue("reason", e.getMessage())
          .log("Not a dead letter; another program wrote it, or a newer one of ours");
      return Optional.empty();
    }
  }

  private Map<TopicPartition, Long> shaped() {
    Map<TopicPartition, Long> shaped = new HashMap<>();
    answer(
            admin
                .listConsumerGroupOffsets(StateTopic.applicationId(topics))
                .partitionsToOffsetAndMetadata())
        .forEach(
            (partition, at) -> {
              if (at != null) {
                shaped.put(partition, at.offset());
              }
            });
    return shaped;
  }

  private Map<TopicPartition, Long> ends(Topic topic, IsolationLevel isolation) {
    Map<TopicPartition, OffsetSpec> latest =
        IntStream.range(0, topic.partitions())
            .mapToObj(partition -> new TopicPartition(topic.name(), partition))
            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
    return answer(admin.listOffsets(latest, new ListOffsetsOptions(isolation)).all())
        .entrySet()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
  }

  @Override
  public boolean send(List<Letter> letters, View since) {
    Producer<byte[], byte[]> owner = Objects.requireNonNull(producer, "Nobody has taken over");
    return asking(
        () -> {
          List<ProducerRecord<byte[], byte[]>> records = letters.stream().map(this::again).toList();
          owner.beginTransaction();
          List<Future<RecordMetadata>> sending = records.stream().map(owner::send).toList();
          owner.flush();
          List<RecordMetadata> sent = sending.stream().map(KafkaArchive::answer).toList();
          if (isOvertaken(letters, sent, since)) {
            owner.abortTransaction();
            return false;
          }
          owner.commitTransaction();
          return true;
        });
  }

  @Override
  public void dismiss(List<Letter> letters, String because, Instant decided) {
    Producer<byte[], byte[]> owner = Objects.requireNonNull(producer, "Nobody has taken over");
    asking(
        () -> {
          owner.beginTransaction();
          List<Future<RecordMetadata>> sending =
              letters.stream()
                  .map(letter -> dismissed(letter.origin(), because, decided))
                  .map(owner::send)
                  .toList();
          owner.commitTransaction();
          return sending;
        });
  }

  private ProducerRecord<byte[], byte[]> dismissed(Origin origin, String because, Instant decided) {
    return new ProducerRecord<>(
        topics.deadLetters().name(),
        origin.toString().getBytes(UTF_8),
        DISMISSALS.encode(
            new Dismissal(origin.topic(), origin.partition(), origin.offset(), because, decided)));
  }

  /** The record that the letter is of: the archive has all of it, also where the letter has not. */
  private ProducerRecord<byte[], byte[]> again(Letter letter) {
    Origin origin = letter.origin();
    TopicPartition partition = new TopicPartition(origin.topic(), origin.partition());
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    partitions.read(
        IsolationLevel.READ_COMMITTED,
        Map.of(partition, origin.offset()),
        Map.of(partition, origin.offset() + 1),
        one -> true,
        found::add);
    if (found.isEmpty()) {
      throw LandfallException.unavailable(
          "The archive had record %s a moment ago and gives it no more; nothing was sent. Run again."
              .formatted(origin));
    }
    ConsumerRecord<byte[], byte[]> record = found.get(0);
    return new ProducerRecord<>(
        record.topic(),
        record.partition(),
        record.timestamp() < 0 ? null : record.timestamp(),
        record.key(),
        record.value(),
        record.headers());
  }

  /**
   * Whether a record of the same item got in between what was known and what was sent. What comes
   * behind that does no harm: it is the newer one.
   */
  private boolean isOvertaken(List<Letter> letters, List<RecordMetadata> sent, View since) {
    Map<TopicPartition, Map<ByteBuffer, Long>> ours = new HashMap<>();
    Map<TopicPartition, Long> to = new HashMap<>();
    for (int each = 0; each < letters.size(); each++) {
      RecordMetadata at = sent.get(each);
      TopicPartition partition = new TopicPartition(at.topic(), at.partition());
      to.merge(partition, at.offset(), Math::max);
      letters
          .get(each)
          .key()
          .ifPresent(
              key -> ours.computeIfAbsent(partition, one -> new HashMap<>()).put(key, at.offset()));
    }
    Map<TopicPartition, Long> from = new HashMap<>(since.ends());
    from.keySet().retainAll(to.keySet());
    boolean[] overtaken = new boolean[1];
    partitions.read(
        IsolationLevel.READ_UNCOMMITTED,
        from,
        to,
        partition -> !overtaken[0],
        record -> {
          if (record.key() != null) {
            Long our =
                ours.getOrDefault(new TopicPartition(record.topic(), record.partition()), Map.of())
                    .get(ByteBuffer.wrap(record.key()));
            overtaken[0] |= our != null && record.offset() < our;
          }
        });
    return overtaken[0];
  }

  private Producer<byte[], byte[]> open() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 20_000);
    settings.putAll(connection);
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topics.member("replay"));
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topic.MAX_DEAD_LETTER_BYTES);
    Producer<byte[], byte[]> opened =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    boolean ready = false;
    try {
      opened.initTransactions();
      ready = true;
      return opened;
    } finally {
      if (!ready) {
        opened.close(TIME_TO_CLOSE);
      }
    }
  }

  private static <T> T asking(Supplier<T> question) {
    try {
      return question.get();
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      if (KafkaFailure.isFenced(e)) {
        throw LandfallException.superseded(
            "Another `dead-letters replay` or `dismiss` has taken over; this one ends. What it committed stays.",
            e);
      }
      throw LandfallException.unavailable(
          "Kafka gave way: %s. What was sent and committed is not sent again: run it once more."
              .formatted(Reason.of(e)),
          e);
    }
  }

  private static <T> T answer(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  @Override
  public void close() {
    if (producer != null) {
      // What is open then is aborted by whoever takes over.
      producer.close(Thread.currentThread().isInterrupted() ? Duration.ZERO : TIME_TO_CLOSE);
      producer = null;
    }
  }
}
