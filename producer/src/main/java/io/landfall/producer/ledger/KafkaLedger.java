package io.landfall.producer.ledger;

import io.landfall.cli.Count;
import io.landfall.cli.LandfallException;
import io.landfall.cli.Reason;
import io.landfall.cli.kafka.KafkaFailure;
import io.landfall.cli.metrics.Metrics;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.LedgerEntry;
import io.landfall.schemas.ListedDays;
import io.landfall.schemas.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger in Kafka. It owns it: no other process writes to it while this one lives, because a
 * second one fences the first.
 */
public final class KafkaLedger implements Ledger, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaLedger.class);
  private static final int TRIES = 3;

  private final Transactions transactions;
  private Map<String, LedgerEntry> entries = Map.of();
  private Optional<ListedDays> days = Optional.empty();

  KafkaLedger(Transactions transactions) {
    this.transactions = transactions;
    boolean open = false;
    try {
      takeOver();
      open = true;
    } finally {
      if (!open) {
        transactions.close();
      }
    }
  }

  /**
   * Takes over from any earlier owner, and reads what it left.
   *
   * @param connection Kafka client settings
   */
  public static KafkaLedger open(Map<String, Object> connection, Topics topics) {
    return open(connection, topics, Metrics.OFF);
  }

  /** The same, whose transactions are measured. */
  public static KafkaLedger open(Map<String, Object> connection, Topics topics, Metrics metrics) {
    return new KafkaLedger(new KafkaTransactions(connection, topics, metrics));
  }

  /**
   * All that is in it, for somebody who only looks.
   *
   * @param connection Kafka client settings
   */
  public static Known read(Map<String, Object> connection, Topics topics) {
    return KafkaTransactions.read(connection, topics);
  }

  /**
   * The answers in force of some items, for somebody who only looks; what the archive has lost is
   * left out.
   *
   * @param connection Kafka client settings
   */
  public static List<ItemAnswers> answers(
      Map<String, Object> connection, Topics topics, Collection<LedgerEntry> entries) {
    try (Archive archive = new Archive(connection, topics.answers())) {
      List<ItemAnswers> found = new ArrayList<>();
      for (LedgerEntry entry : entries) {
        Optional.ofNullable(entry.getArchived())
            .flatMap(position -> archive.read(entry.getItem().getKey(), position))
            .ifPresent(found::add);
      }
      return found;
    }
  }

  /**
   * For somebody who goes on from the archive, and does not take over.
   *
   * @param connection Kafka client settings
   * @throws LandfallException if the archive is not the one whose answers it says are held
   */
  public static void refuseAnotherArchive(Map<String, Object> connection, Topics topics) {
    new KafkaTransactions(connection, topics)
        .refuseAnother(CompactedTopic.read(connection, topics.ledger()));
  }

  /** Of two that take over at once, one is the owner in the end, and the other ends. */
  private void takeOver() {
    Known known;
    try {
      known = transactions.takeOver();
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      // Its own name is not in the ledger yet, so only Kafka can tell.
      throw KafkaFailure.isFenced(e) ? superseded(e) : e;
    }
    entries = new HashMap<>(known.entries());
    days = known.days();
  }

  private static LandfallException superseded(KafkaException failure) {
    return LandfallException.superseded(
        "Another run of the producer has taken over; this one ends. What it committed stays.",
        failure);
  }

  @Override
  public Known known() {
    return new Known(entries, days);
  }

  @Override
  public Optional<LedgerEntry> entry(String key) {
    return Optional.ofNullable(entries.get(key));
  }

  @Override
  public void record(List<Update> updates, Optional<ListedDays> listed) {
    List<Update> left = updates;
    Optional<ListedDays> newDays = listed.filter(one -> !Optional.of(one).equals(days));
    for (int attempt = 1; !left.isEmpty() || newDays.isPresent(); attempt++) {
      try {
        transactions
            .commit(left, newDays)
            .forEach(entry -> entries.put(entry.getItem().getKey(), entry));
        days = newDays.or(() -> days);
        return;
      } catch (InterruptException e) {
        throw e;
      } catch (KafkaException e) {
        if (!transactions.isOwner()) {
          throw superseded(e);
        }
        if (attempt == TRIES) {
          throw LandfallException.unavailable(
              "Kafka did not commit %s in %d tries: %s. They stay due: run again."
                  .formatted(Count.of(left.size(), "item"), TRIES, Reason.of(e)),
              e);
        }
        LOG.atWarn()
            .addKeyValue("items", left.size())
            .addKeyValue("attempt", attempt)
            .addKeyValue("reason", e.getMessage())
            .log("A transaction ended without an answer; reading the ledger to see what it left");
        takeOver();
        left = left.stream().filter(one -> !isRecorded(one)).toList();
        newDays = newDays.filter(one -> !Optional.of(one).equals(days));
      }
    }
  }

  /** Where its answers are only the one that was written says. */
  private boolean isRecorded(Update update) {
    LedgerEntry entry = entries.get(update.key());
    return entry != null
        && LedgerEntry.newBuilder(entry)
            .setArchived(update.entry().getArchived())
            .build()
            .equals(update.entry());
  }

  @Override
  public Optional<ItemAnswers> answers(LedgerEntry entry) {
    return Optional.ofNullable(entry.getArchived())
        .flatMap(position -> transactions.archived(entry.getItem().getKey(), position));
  }

  @Override
  public boolean mayHaveAnswers(LedgerEntry entry) {
    return entry.getArchived() != null && transactions.reaches(entry.getArchived());
  }

  @Override
  public void close() {
    transactions.close();
  }
}
