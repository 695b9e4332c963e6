package io.landfall.consumer.ingest;

import io.landfall.cli.LandfallException;
import io.landfall.cli.kafka.OpenTransaction;
import io.landfall.consumer.landing.LandingTopic;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says so when a run that goes on comes no further because somebody has left a transaction open:
 * for who reads what is committed the topic ends there, and nothing else tells. For one thread.
 */
final class OpenTransactionWatch {

  private static final Logger LOG = LoggerFactory.getLogger(OpenTransactionWatch.class);

  /** Programs that live end theirs long before. */
  static final Duration OLD = Duration.ofMinutes(1);

  static final Duration LOOK_AGAIN = Duration.ofSeconds(30);
  private static final Duration TELL_AGAIN = Duration.ofMinutes(30);

  private final LandingTopic topic;
  private final Clock clock;
  private final Map<OpenTransaction, Instant> told = new HashMap<>();
  private Instant looked;

  OpenTransactionWatch(LandingTopic topic, Clock clock) {
    this.topic = topic;
    this.clock = clock;
    this.looked = clock.instant();
  }

  /** Looks now and then; of a topic that cannot be asked the query tells more. */
  void look() {
    try {
      Instant now = clock.instant();
      for (OpenTransaction open : news(now)) {
        LOG.atWarn()
            .addKeyValue("partition", open.partition())
            .addKeyValue("offset", open.offset())
            .addKeyValue("seconds", open.age(now).toSeconds())
            .addKeyValue("transactional id", open.transactionalId().orElse("unknown"))
            .addKeyValue("abort", open.abort())
            .log("Behind an open transaction; what lies behind it cannot be landed");
      }
    } catch (InterruptedException e) {
      // Whoever waits next is told.
      Thread.currentThread().interrupt();
    } catch (LandfallException e) {
      LOG.atDebug().addKeyValue("reason", e.getMessage()).log("Open transactions are not known");
    }
  }

  /** Old ones that were not told for a while. */
  List<OpenTransaction> news(Instant now) throws InterruptedException {
    if (now.isBefore(looked.plus(LOOK_AGAIN))) {
      return List.of();
    }
    looked = now;
    return topic.openTransactions().stream()
        .filter(open -> open.age(now).compareTo(OLD) >= 0 && isNews(open, now))
        .toList();
  }

  private boolean isNews(OpenTransaction open, Instant now) {
    Instant last = told.get(open);
    if (last != null && now.isBefore(last.plus(TELL_AGAIN))) {
      return false;
    }
    told.put(open, now);
    return true;
  }
}
