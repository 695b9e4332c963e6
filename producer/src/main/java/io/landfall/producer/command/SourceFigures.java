package io.landfall.producer.command;

import io.landfall.cli.End;
import io.landfall.cli.ExitCode;
import io.landfall.cli.Settings;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.cli.metrics.Metric;
import io.landfall.cli.metrics.Metrics;
import io.landfall.cli.metrics.Metrics.Look;
import io.landfall.producer.deadletter.KafkaArchive;
import io.landfall.producer.deadletter.Standing;
import io.landfall.producer.ledger.KafkaLedger;
import io.landfall.producer.ledger.Known;
import io.landfall.producer.overview.Waiting;
import io.landfall.producer.schedule.KafkaJournal;
import io.landfall.producer.shape.ShapeCounts;
import io.landfall.producer.shape.ShapeRun;
import io.landfall.producer.source.Connector;
import io.landfall.schemas.ItemStatus;
import io.landfall.schemas.PastRun;
import io.landfall.schemas.Topic;
import io.landfall.schemas.TopicCheck;
import io.landfall.schemas.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.ReplicaInfo;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What there is to tell in figures of a source, as Kafka has it, for as long as a command runs. It
 * has a connection of its own, which is made where somebody wants to know.
 */
final class SourceFigures implements AutoCloseable {

  /** What is read from its beginning each time. */
  private static final Duration BETWEEN_READINGS = Duration.ofMinutes(2);

  private final Connector connector;
  private final KafkaSettings kafka;
  private final Topics topics;
  private final Metrics metrics;
  private final List<Metrics.Closing> looking = new ArrayList<>();
  private Instant lastRun = Instant.EPOCH;
  private @Nullable Admin admin;

  SourceFigures(Connector connector, Settings settings, Metrics metrics) {
    this.connector = connector;
    this.kafka = KafkaSettings.of(settings);
    this.topics = Cluster.topics(settings, connector.dataset());
    this.metrics = metrics;
    if (metrics.areOn()) {
      metrics.set(Metric.DEFINITION_INFO, 1, source(), connector.shaper().version());
    }
  }

  private String source() {
    return topics.dataset().source();
  }

  /** What whoever fetches tells. */
  void ofFetch() {
    metrics.begin(Metric.REQUESTS, source(), "200");
    metrics.begin(Metric.REQUEST_SECONDS, source());
    metrics.begin(Metric.THROTTLE_SECONDS, source());
    metrics.begin(Metric.TRANSACTION_SECONDS, source());
    looking.add(
        metrics.looking(
            BETWEEN_READINGS,
            List.of(new Look("ledger", this::ledger), new Look("runs", this::runs))));
    ofShape();
  }

  /** What whoever shapes tells. */
  void ofShape() {
    for (Connector resource : connector.resources()) {
      ShapeCounts.begin(metrics, resource.dataset().name());
    }
    looking.add(
        metrics.looking(
            Metrics.BETWEEN_LOOKS,
            List.of(
                new Look("lag of shape", this::lag), new Look("topics on disk", this::onDisk))));
    looking.add(
        metrics.looking(BETWEEN_READINGS, List.of(new Look("dead letters", this::deadLetters))));
  }

  private Admin admin() {
    Admin known = admin;
    if (known == null) {
      known = Cluster.admin(kafka);
      admin = known;
    }
    return known;
  }

  private boolean isThere(Topic... some) throws InterruptedException {
    return TopicCheck.missing(admin(), List.of(some)).isEmpty();
  }

  private void ledger() throws InterruptedException {
    Known known =
        isThere(topics.ledger()) ? KafkaLedger.read(kafka.client(Map.of()), topics) : Known.NOTHING;
    for (ItemStatus status : ItemStatus.values()) {
      metrics.set(
          Metric.ITEMS,
          known.entries().values().stream().filter(entry -> entry.getStatus() == status).count(),
          source(),
          status.name().toLowerCase(Locale.ROOT));
    }
    metrics.set(
        Metric.ANSWERS_NOT_IN_FORCE,
        known.entries().values().stream().mapToInt(entry -> entry.getNotInForce().size()).sum(),
        source());
    oldest(Metric.OLDEST_WAITING_ITEM_TIMESTAMP, known, one -> true);
    oldest(Metric.OLDEST_MISSING_ITEM_TIMESTAMP, known, Waiting::isWithoutAnything);
  }

  private void oldest(Metric metric, Known known, Predicate<Waiting> counts) {
    known.entries().values().stream()
        .flatMap(entry -> Waiting.of(entry, connector.zone()).stream())
        .filter(counts)
        .map(Waiting::since)
        .min(Comparator.naturalOrder())
        .ifPresentOrElse(
            since -> metrics.set(metric, since, source()), () -> metrics.none(metric, source()));
  }

  /** Those that others began count too. */
  private void runs() throws InterruptedException {
    if (!isThere(topics.runs())) {
      return;
    }
    for (PastRun run : new KafkaJournal(kafka.client(Map.of()), topics.runs()).past()) {
      if (run.getEndedAt() != null && run.getExitCode() != null) {
        ended(run.getEndedAt(), run.getExitCode());
      }
    }
  }

  /** How a run ended, also one that the journal does not have, and that stays the last one then. */
  synchronized void ended(Instant at, int exitCode) {
    if (at.isAfter(lastRun)) {
      lastRun = at;
      tell(connector, metrics, at, exitCode);
    }
  }

  /** How a command ended that is one run. */
  static void ended(Connector connector, End end, Metrics metrics, Clock clock) {
    tell(connector, metrics, clock.instant(), end.exitCode().code());
  }

  private static void tell(Connector connector, Metrics metrics, Instant at, int exitCode) {
    String source = connector.dataset().source();
    metrics.set(Metric.LAST_RUN_TIMESTAMP, at, source);
    metrics.set(Metric.LAST_RUN_EXIT_CODE, exitCode, source);
    if (exitCode == ExitCode.OK.code()) {
      metrics.set(Metric.LAST_SUCCESSFUL_RUN_TIMESTAMP, at, source);
    }
  }

  private void lag() throws InterruptedException {
    if (isThere(topics.answers())) {
      metrics.set(Metric.SHAPE_LAG, ShapeRun.lag(admin(), topics), source());
    }
  }

  private void deadLetters() throws InterruptedException {
    long open = 0;
    if (isThere(topics.deadLetters(), topics.answers())) {
      try (KafkaArchive archive = new KafkaArchive(kafka.client(Map.of()), topics, admin())) {
        open = archive.standings().stream().filter(Standing::isOpen).count();
      }
    }
    metrics.set(Metric.DEAD_LETTERS, open, source());
  }

  private void onDisk() throws InterruptedException {
    List<Integer> brokers =
        answer(admin().describeCluster().nodes()).stream().map(Node::id).toList();
    Map<String, Long> bytes = new HashMap<>();
    topics.all().forEach(topic -> bytes.put(topic.name(), 0L));
    answer(admin().describeLogDirs(brokers).allDescriptions())
        .forEach(
            (broker, folders) -> {
              folder(broker, folders.values());
              for (LogDirDescription each : folders.values()) {
                for (Map.Entry<TopicPartition, ReplicaInfo> replica :
                    each.replicaInfos().entrySet()) {
                  bytes.computeIfPresent(
                      replica.getKey().topic(), (topic, sum) -> sum + replica.getValue().size());
                }
              }
            });
    bytes.forEach((topic, sum) -> metrics.set(Metric.TOPIC_BYTES, sum, topic));
  }

  /** Older brokers do not tell how large their disks are. */
  private void folder(int broker, Collection<LogDirDescription> folders) {
    if (folders.stream().allMatch(one -> one.usableBytes().isPresent())) {
      sum(
          Metric.BROKER_DISK_USABLE,
          broker,
          folders.stream().mapToLong(one -> one.usableBytes().orElse(0)).sum());
      sum(
          Metric.BROKER_DISK_TOTAL,
          broker,
          folders.stream().mapToLong(one -> one.totalBytes().orElse(0)).sum());
    }
  }

  private void sum(Metric metric, int broker, long bytes) {
    metrics.set(metric, bytes, Integer.toString(broker));
  }

  private static <T> T answer(KafkaFuture<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw Optional.ofNullable(e.getCause())
          .filter(KafkaException.class::isInstance)
          .map(KafkaException.class::cast)
          .orElseGet(() -> new KafkaException(e));
    }
  }

  @Override
  public void close() {
    looking.forEach(Metrics.Closing::close);
    if (admin != null) {
      admin.close(Duration.ofSeconds(1));
    }
  }
}
