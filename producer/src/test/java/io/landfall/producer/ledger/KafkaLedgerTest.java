package io.landfall.producer.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.schemas.ArchivePosition;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.ItemState;
import io.landfall.schemas.LedgerEntry;
import io.landfall.schemas.ListedDays;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of updates when a transaction ends as it should not. */
class KafkaLedgerTest {

  private static final LocalDate DAY = LocalDate.parse("2024-10-08");

  /** How one commit ends. */
  private enum End {
    COMMITTED,
    /** Committed, and nobody is told. */
    ANSWER_LOST,
    ABORTED,
    /** Another has taken over, and Kafka says so in one of its ways. */
    FENCED,
    FENCED_IN_OTHER_WORDS,
    /** Fenced by the coordinator, after the process had slept; nobody has taken over. */
    EXPIRED,
    INTERRUPTED
  }

  /** Topics in memory whose commits end as the script says, and well when it is over. */
  private static final class Scripted implements Transactions {
    private final Deque<End> script = new ArrayDeque<>();
    private final List<String> archive = new ArrayList<>();
    private final Map<String, LedgerEntry> entries = new HashMap<>();
    private Optional<ListedDays> days = Optional.empty();
    private int takeOvers;
    private boolean closed;
    private boolean owner = true;

    @Override
    public boolean isOwner() {
      return owner;
    }

    private Optional<KafkaException> failure = Optional.empty();

    @Override
    public Known takeOver() {
      takeOvers++;
      if (failure.isPresent()) {
        owner = false;
        throw failure.get();
      }
      return new Known(entries, days);
    }

    @Override
    public List<LedgerEntry> commit(List<Update> updates, Optional<ListedDays> listed) {
      End end = script.isEmpty() ? End.COMMITTED : script.pop();
      List<LedgerEntry> written = new ArrayList<>();
      if (end == End.COMMITTED || end == End.ANSWER_LOST) {
        for (Update one : updates) {
          LedgerEntry.Builder entry = LedgerEntry.newBuilder(one.entry());
          if (!one.answers().isEmpty()) {
            entry.setArchived(new ArchivePosition(0, (long) archive.size()));
            archive.add(one.key());
          }
          entries.put(one.key(), entry.build());
          written.add(entry.build());
        }
        days = listed.or(() -> days);
      }
      switch (end) {
        case COMMITTED -> {}
        case ANSWER_LOST -> throw new TimeoutException("no answer");
        case ABORTED -> throw new KafkaException("aborted");
        case FENCED -> {
          owner = false;
          throw new ProducerFencedException("fenced");
        }
        case FENCED_IN_OTHER_WORDS -> {
          owner = false;
          throw new InvalidTxnStateException("in an invalid state");
        }
        case EXPIRED -> throw new InvalidProducerEpochException("old epoch");
        case INTERRUPTED -> throw new InterruptException("interrupted");
      }
      return written;
    }

    @Override
    public Optional<ItemAnswers> archived(String key, ArchivePosition position) {
      return archive.get((int) position.getOffset()).equals(key)
          ? update(key).answers().stream().findFirst()
          : Optional.empty();
    }

    @Override
    public boolean reaches(ArchivePosition position) {
      return position.getOffset() < archive.size();
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private final Scripted topics = new Scripted();

  private static Update update(String key) {
    Item item = new Item(key, DAY, DAY, key, ItemState.AVAILABLE, Map.of());
    LedgerEntry entry = Entries.listed(item);
    return new Update(
        Optional.of(new ItemAnswers(item, Instant.EPOCH, List.of(), List.of(), null, true, 1, 1)),
        LedgerEntry.newBuilder(entry).setFetchedAt(Instant.EPOCH).build());
  }

  private static List<Update> updates(String... keys) {
    return List.of(keys).stream().map(KafkaLedgerTest::update).toList();
  }

  private static ListedDays through(String day) {
    return new ListedDays(DAY, LocalDate.parse(day), null);
  }

  @Test
  void whatWasCommittedWithoutAnAnswerIsNotSentAgain() {
    topics.script.add(End.ANSWER_LOST);
    new KafkaLedger(topics).record(updates("a", "b"), Optional.of(through("2024-10-09")));
    assertThat(topics.archive).containsExactly("a", "b");
    assertThat(topics.takeOvers).isEqualTo(2);
    assertThat(topics.days).contains(through("2024-10-09"));
  }

  @Test
  void whatWasAbortedIsSentAgain() {
    topics.script.add(End.ABORTED);
    KafkaLedger ledger = new KafkaLedger(topics);
    ledger.record(updates("a", "b"), Optional.of(through("2024-10-09")));
    assertThat(topics.archive).containsExactly("a", "b");
    assertThat(ledger.known().entries()).containsOnlyKeys("a", "b");
    assertThat(ledger.known().days()).contains(through("2024-10-09"));
  }

  @ParameterizedTest
  @EnumSource(names = {"FENCED", "FENCED_IN_OTHER_WORDS"})
  void aSecondOwnerEndsTheFirstAtOnce(End fenced) {
    topics.script.add(fenced);
    KafkaLedger ledger = new KafkaLedger(topics);
    assertThatThrownBy(() -> ledger.record(updates("a"), Optional.empty()))
        .isInstanceOfSatisfying(
            LandfallException.class,
            stop -> assertThat(stop.exitCode()).isEqualTo(ExitCode.SUPERSEDED));
    assertThat(topics.takeOvers).as("taking over again would fence the other").isOne();
    assertThat(topics.archive).isEmpty();
  }

  @Test
  void aBrokerThatIsAwayAtTheStartIsNotCalledAnotherRun() {
    topics.failure = Optional.of(new TimeoutException("no broker"));
    assertThatThrownBy(() -> new KafkaLedger(topics)).isSameAs(topics.failure.get());
    assertThat(topics.closed).isTrue();
  }

  @Test
  void whoIsFencedWhileTakingOverEnds() {
    topics.failure =
        Optional.of(new KafkaException("in an error state", new ProducerFencedException("fenced")));
    assertThatThrownBy(() -> new KafkaLedger(topics))
        .isInstanceOfSatisfying(
            LandfallException.class,
            stop -> assertThat(stop.exitCode()).isEqualTo(ExitCode.SUPERSEDED));
  }

  @Test
  void whoWasOnlyAsleepGoesOn() {
    topics.script.add(End.EXPIRED);
    new KafkaLedger(topics).record(updates("a"), Optional.empty());
    assertThat(topics.archive).containsExactly("a");
  }

  @Test
  void anInterruptIsNotTriedAgain() {
    topics.script.add(End.INTERRUPTED);
    KafkaLedger ledger = new KafkaLedger(topics);
    assertThatThrownBy(() -> ledger.record(updates("a"), Optional.empty()))
        .isInstanceOf(InterruptException.class);
    assertThat(Thread.interrupted()).as("Kafka keeps the interrupt for whoever waits").isTrue();
    assertThat(topics.takeOvers).isOne();
  }

  @Test
  void aBrokerThatCommitsNothingEndsTheRun() {
    topics.script.addAll(List.of(End.ABORTED, End.ABORTED, End.ABORTED));
    KafkaLedger ledger = new KafkaLedger(topics);
    assertThatThrownBy(() -> ledger.record(updates("a", "b"), Optional.empty()))
        .isInstanceOfSatisfying(
            LandfallException.class,
            stop -> assertThat(stop.exitCode()).isEqualTo(ExitCode.UNAVAILABLE))
        .hasMessageContaining("2 items in 3 tries");
    assertThat(ledger.known().entries()).isEmpty();
    ledger.close();
    assertThat(topics.closed).isTrue();
  }

  @Test
  void nothingNewIsNoTransaction() {
    topics.days = Optional.of(through("2024-10-09"));
    topics.script.add(End.FENCED);
    new KafkaLedger(topics).record(List.of(), Optional.of(through("2024-10-09")));
    assertThat(topics.script).hasSize(1);
  }

  @Test
  void howeverTransactionsEndEveryUpdateIsArchivedOnce() {
    long seed = ThreadLocalRandom.current().nextLong(1_000_000);
    System.out.println("KafkaLedgerTest: seed " + seed);
    Random random = new Random(seed);
    List<End> ends = List.of(End.COMMITTED, End.ANSWER_LOST, End.ABORTED, End.EXPIRED);
    for (int story = 0; story < 100; story++) {
      Scripted all = new Scripted();
      List<String> sent = new ArrayList<>();
      KafkaLedger ledger = new KafkaLedger(all);
      for (int batch = 0; batch < 10; batch++) {
        for (int failure = random.nextInt(3); failure > 0; failure--) {
          all.script.add(ends.get(random.nextInt(ends.size())));
        }
        String[] keys = {story + "-" + batch + "a", story + "-" + batch + "b"};
        ledger.record(updates(keys), Optional.empty());
        sent.addAll(List.of(keys));
        all.script.clear();
      }
      assertThat(all.archive).as("seed %d, story %d", seed, story).isEqualTo(sent);
      assertThat(ledger.known().entries()).isEqualTo(all.entries);
      for (String key : sent) {
        LedgerEntry entry = Objects.requireNonNull(all.entries.get(key));
        assertThat(ledger.answers(entry)).as("seed %d, %s", seed, key).isPresent();
      }
    }
  }
}
