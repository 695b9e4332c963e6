package io.landfall.producer.command;

import io.landfall.cli.Settings;
import io.landfall.cli.kafka.OpenTransaction;
import io.landfall.cli.kafka.OpenTransactions;
import io.landfall.producer.deadletter.KafkaArchive;
import io.landfall.producer.deadletter.Standing;
import io.landfall.producer.ledger.KafkaLedger;
import io.landfall.producer.ledger.Known;
import io.landfall.producer.overview.Bronze;
import io.landfall.producer.overview.Facts;
import io.landfall.producer.overview.Lag;
import io.landfall.producer.schedule.KafkaJournal;
import io.landfall.producer.source.Connector;
import io.landfall.schemas.PastRun;
import io.landfall.schemas.Run;
import io.landfall.schemas.Topic;
import io.landfall.schemas.Topics;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/** Finds out what there is to know, from Kafka. */
final class OverviewFacts {

  /** Who knows what the consumer says. */
  interface Ask {
    /** What it says. */
    Bronze ask() throws InterruptedException;
  }

  private final Settings settings;
  private final Connector connector;
  private final Clock clock;
  private final Revisions revisions = new Revisions();

  OverviewFacts(Settings settings, Connector connector, Clock clock) {
    this.settings = settings;
    this.connector = connector;
    this.clock = clock;
  }

  /**
   * Looks once.
   *
   * @param bronze what the consumer says; asked for last, since it may take long
   */
  Facts look(Ask bronze) throws InterruptedException {
    try (Cluster cluster = Cluster.look(settings, connector)) {
      try {
        return look(cluster, bronze);
      } catch (InterruptException e) {
        throw new InterruptedException(e.getMessage());
      } catch (KafkaException e) {
        throw cluster.kafka().failure(e);
      }
    }
  }

  private Facts look(Cluster cluster, Ask bronze) throws InterruptedException {
    Topics topics = cluster.topics();
    Map<String, Object> connection = cluster.connection();
    boolean isBegun = isThere(cluster, topics.ledger());
    Known ledger = isBegun ? KafkaLedger.read(connection, topics) : Known.NOTHING;
    List<Standing> letters =
        Letters.exist(cluster) ? Letters.with(cluster, KafkaArchive::standings) : List.of();
    List<PastRun> runs = List.of();
    Optional<Run> schedule = Optional.empty();
    if (isThere(cluster, topics.runs())) {
      KafkaJournal journal = new KafkaJournal(connection, topics.runs());
      runs = journal.past();
      schedule = journal.latest();
    }
    Map<String, Integer> revised =
        isThere(cluster, topics.manifests())
            ? revisions.read(connection, topics.manifests(), topics.dataset().resource())
            : Map.of();
    List<OpenTransaction> open =
        OpenTransactions.oldest(
            cluster.admin(),
            Stream.of(topics.answers(), topics.landing())
                .filter(topic -> isThere(cluster, topic))
                .flatMap(topic -> partitions(topic).stream())
                .toList());
    Lag shape = lag(cluster, topics.answers(), topics.shape(), Map.of());
    Bronze told = bronze.ask();
    Lag table =
        lag(
            cluster,
            topics.landing(),
            topics.positionGroup(),
            told.told().map(Bronze.Told::position).orElse(Map.of()));
    return new Facts(
        clock.instant(),
        isBegun,
        ledger,
        revised,
        letters,
        runs,
        schedule,
        shape,
        table,
        open,
        told);
  }

  private static boolean isThere(Cluster cluster, Topic topic) {
    return !cluster.missing().contains(topic);
  }

  private static List<TopicPartition> partitions(Topic topic) {
    return Stream.iterate(0, partition -> partition + 1)
        .limit(topic.partitions())
        .map(partition -> new TopicPartition(topic.name(), partition))
        .toList();
  }

  /**
   * The lag of somebody.
   *
   * @param known where he stands by what he says himself: a table that was restored stands before
   *     what was told of it last
   */
  private static Lag lag(Cluster cluster, Topic topic, String group, Map<Integer, Long> known)
      throws InterruptedException {
    if (!isThere(cluster, topic)) {
      return Lag.NONE;
    }
    TopicLag lag = new TopicLag(cluster.admin(), cluster.connection(), topic);
    return lag.of(known.isEmpty() ? lag.told(group) : known);
  }
}
