package io.landfall.consumer.landing;

import io.landfall.cli.Reason;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a table stands, as the offsets of a consumer group that nobody is in: any tool that tells
 * lags knows it then. Nothing reads it to go on, and nothing waits for it. Safe for use by several
 * threads.
 */
public final class PublishedPosition {

  private static final Logger LOG = LoggerFactory.getLogger(PublishedPosition.class);

  /** Kafka forgets what nobody has said again for a week. */
  private static final Duration REPEATED = Duration.ofHours(1);

  private final Admin admin;
  private final String group;
  private final String topic;
  private Map<TopicPartition, OffsetAndMetadata> latest = Map.of();
  private Optional<Map<TopicPartition, OffsetAndMetadata>> waiting = Optional.empty();
  private boolean underWay;
  private boolean told;
  private long published;

  PublishedPosition(Admin admin, String group, String topic) {
    this.admin = admin;
    this.group = group;
    this.topic = topic;
  }

  /** The table stands there now. */
  synchronized void at(Offsets position, Set<Integer> partitions) {
    latest =
        partitions.stream()
            .collect(
                Collectors.toMap(
                    partition -> new TopicPartition(topic, partition),
                    partition -> new OffsetAndMetadata(position.in(partition))));
    publish();
  }

  /** It still stands where it stood. */
  public synchronized void repeat() {
    if (!latest.isEmpty() && System.nanoTime() - published > REPEATED.toNanos()) {
      publish();
    }
  }

  /** One at a time: a later one must not be overtaken by an earlier one that was tried again. */
  private synchronized void publish() {
    published = System.nanoTime();
    if (underWay) {
      waiting = Optional.of(latest);
    } else {
      send(latest);
    }
  }

  private synchronized void send(Map<TopicPartition, OffsetAndMetadata> offsets) {
    underWay = true;
    try {
      var unused =
          admin
              .alterConsumerGroupOffsets(group, offsets)
              .all()
              .whenComplete((done, failure) -> ended(failure));
    } catch (KafkaException | IllegalStateException e) {
      // The client is just being closed.
      ended(e);
    }
  }

  private synchronized void ended(@Nullable Throwable failure) {
    underWay = false;
    notifyAll();
    if (failure != null && !told) {
      LOG.atWarn()
          .addKeyValue("group", group)
          .addKeyValue("reason", Reason.of(failure))
          .log("The position is not published");
    }
    told = failure != null;
    Optional<Map<TopicPartition, OffsetAndMetadata>> next = waiting;
    waiting = Optional.empty();
    next.ifPresent(this::send);
  }

  /** Gives what is under way some time to arrive. */
  public synchronized void awaitEnd(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (underWay && System.nanoTime() < end) {
      wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
    }
  }
}
