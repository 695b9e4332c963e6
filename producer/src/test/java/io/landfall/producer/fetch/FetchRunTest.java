package io.landfall.producer.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.cli.Progress;
import io.landfall.producer.ManualClock;
import io.landfall.producer.ledger.FetchPlan.Window;
import io.landfall.producer.nhl.stats.Games;
import io.landfall.producer.source.FetchOutcome;
import io.landfall.producer.source.FetchOutcome.Missing;
import io.landfall.producer.source.Held;
import io.landfall.producer.source.Listing;
import io.landfall.producer.source.Source;
import io.landfall.schemas.AnswerNotInForce;
import io.landfall.schemas.ApiAnswer;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.ItemStatus;
import io.landfall.schemas.LedgerEntry;
import io.landfall.schemas.Topic;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FetchRunTest {

  private static final Instant NOW = Instant.parse("2024-10-10T13:00:00Z");
  private static final LocalDate DAY = LocalDate.parse("2024-10-08");

  /** Many finished games on one day; how each ends is the test's. */
  private abstract class Api implements Source {
    private final int games;
    final AtomicInteger asked = new AtomicInteger();

    Api(int games) {
      this.games = games;
    }

    @Override
    public Listing list(LocalDate first, LocalDate last, Progress progress) {
      return new Listing(
          IntStream.rangeClosed(1, games).mapToObj(FetchRunTest::game).toList(),
          Set.of(DAY),
          List.of());
    }

    @Override
    public FetchOutcome fetch(Item game, Held held) {
      lastHeld = held;
      clock.pass(Duration.ofSeconds(1));
      return outcome(asked.incrementAndGet(), game);
    }

    abstract FetchOutcome outcome(int number, Item game);

    @Override
    public Optional<String> unreachable() {
      return Optional.empty();
    }

    @Override
    public long requests() {
      return asked.get();
    }
  }

  private final ManualClock clock = new ManualClock(NOW);
  private final MemoryLedger ledger = new MemoryLedger();
  private Window window =
      new Window(
          Optional.empty(),
          Optional.empty(),
          7,
          LocalDate.parse("2024-10-10"),
          DAY,
          Duration.ofDays(7));
  private Held lastHeld = new Held(Map.of(), false, Map.of(), Map.of(), Optional::empty);
  private final Thread runner = Thread.currentThread();
  private final List<String> lines = new ArrayList<>();

  private static Item game(int id) {
    return Games.of(id, DAY, 2, "OFF", "BUF", "NJD");
  }

  private FetchReport run(Source source) throws InterruptedException {
    return new FetchRun(
            source,
            ledger,
            new FetchSettings(window, 1, 13),
            "games",
            clock,
            Progress.lines(lines::add, clock))
        .run();
  }

  private FetchReport runAllEnding(FetchOutcome outcome) throws InterruptedException {
    return run(
        new Api(1) {
          @Override
          FetchOutcome outcome(int number, Item game) {
            return outcome;
          }
        });
  }

  @Test
  void whatFailedIsNotDoneAndWhatOnlyWaitsIs() throws Exception {
    Missing chart = new Missing(Map.of("shiftcharts", "empty"), false);
    Missing boxScore = new Missing(Map.of("boxscore", "status 503"), true);
    assertThat(runAllEnding(FakeLeague.fetched(game(1), chart)).isDone()).isTrue();
    assertThat(runAllEnding(new FetchOutcome.Unavailable("503", Optional.empty())).dueItems())
        .as("it waits for its pause")
        .isZero();
    clock.pass(Duration.ofDays(2));
    assertThat(runAllEnding(FakeLeague.fetched(game(1), boxScore)).isDone()).isFalse();
    assertThat(runAllEnding(new FetchOutcome.Unavailable("503", Optional.empty())).isDone())
        .isFalse();
    assertThat(runAllEnding(new FetchOutcome.Rejected("404")).isDone()).isFalse();
    assertThat(runAllEnding(new FetchOutcome.NotAsked("the breaker is open")).isDone()).isFalse();
    assertThat(runAllEnding(FakeLeague.fetched(game(1), Missing.NOTHING)).isDone()).isTrue();
  }

  @Test
  void anApiThatCannotBeReachedEndsTheRunAndLeavesTheLedgerAsItWas() throws Exception {
    List<String> answered = new ArrayList<>();
    Api api =
        new Api(1_260) {
          @Override
          FetchOutcome outcome(int number, Item game) {
            if (number <= 2) {
              answered.add(game.getKey());
              return FakeLeague.fetched(game, Missing.NOTHING);
            }
            return unreachable().isPresent()
                ? new FetchOutcome.NotAsked("nothing answers")
                : new FetchOutcome.Unavailable("no connection", Optional.empty());
          }

          @Override
          public Optional<String> unreachable() {
            return asked.get() >= 5 ? Optional.of("nothing answers") : Optional.empty();
          }
        };
    FetchReport report = run(api);
    assertThat(api.asked.get()).isLessThan(10);
    assertThat(report.isDone()).isFalse();
    assertThat(report.unreachable()).contains("nothing answers");
    assertThat(report.tally().complete()).isEqualTo(2);
    assertThat(report.tally().failed() + report.tally().notAsked()).isEqualTo(1_258);
    assertThat(ledger.known().entries().values())
        .filteredOn(entry -> !answered.contains(entry.getItem().getKey()))
        .hasSize(1_258)
        .allSatisfy(
            entry -> {
              assertThat(entry.getStatus()).isEqualTo(ItemStatus.EXPECTED);
              assertThat(entry.getAttempts()).isZero();
              assertThat(entry.getReason()).isNull();
            });
  }

  @Test
  void oneGameThatFailsByItselfIsNotedThoughNothingCameForIt() throws Exception {
    run(
        new Api(3) {
          @Override
          FetchOutcome outcome(int number, Item game) {
            return game.getKey().equals("2")
                ? new FetchOutcome.Unavailable("no connection", Optional.empty())
                : FakeLeague.fetched(game, Missing.NOTHING);
          }
        });
    LedgerEntry failed = Objects.requireNonNull(ledger.known().entries().get("2"));
    assertThat(failed.getStatus()).isEqualTo(ItemStatus.FAILED);
    assertThat(failed.getReason()).isEqualTo("no connection");
  }

  @Test
  void aLongLoadTellsHowFarItHasCome() throws Exception {
    run(
        new Api(100) {
          @Override
          FetchOutcome outcome(int number, Item game) {
            return FakeLeague.fetched(game, Missing.NOTHING);
          }
        });
    assertThat(lines).hasSizeBetween(2, 3);
    assertThat(lines.get(0)).matches("\\d+ of 100 games, about .* left");
  }

  @Test
  void whatTheUserAsksForIsJudgedAnewAndWhatIsOnlyLookedAtIsNot() throws Exception {
    runAllEnding(FakeLeague.fetched(game(1), Missing.NOTHING));
    runAllEnding(new FetchOutcome.Unchanged(Missing.NOTHING));
    assertThat(lastHeld.complete()).isTrue();
    window =
        new Window(
            Optional.of(DAY),
            Optional.of(DAY),
            7,
            LocalDate.parse("2024-10-10"),
            DAY,
            Duration.ofDays(7));
    runAllEnding(new FetchOutcome.Unchanged(Missing.NOTHING));
    assertThat(lastHeld.complete()).isFalse();
    assertThat(lastHeld.hashes()).isNotEmpty();
  }

  @Test
  void oneItemTooLargeForARecordTakesNoOtherWithIt() throws Exception {
    FetchReport report =
        run(
            new Api(3) {
              @Override
              FetchOutcome outcome(int number, Item game) {
                return game.getKey().equals("2")
                    ? new FetchOutcome.Fetched(
                        new ItemAnswers(
                            game,
                            NOW,
                            List.of(answer(Topic.MAX_RECORD_BYTES), answer(1)),
                            List.of(),
                            null,
                            true,
                            1,
                            1),
                        Missing.NOTHING,
                        Map.of(),
                        Map.of())
                    : FakeLeague.fetched(game, Missing.NOTHING);
              }
            });
    assertThat(report.isDone()).isFalse();
    assertThat(ledger.answers).isEqualTo(2);
    LedgerEntry large = Objects.requireNonNull(ledger.known().entries().get("2"));
    assertThat(large.getStatus()).isEqualTo(ItemStatus.FAILED);
    assertThat(large.getReason()).contains("16,777,217 bytes together");
  }

  @Test
  void whatIsNotInForceIsLeftOutWhereItDoesNotFit() throws Exception {
    AnswerNotInForce large = new AnswerNotInForce(answer(Topic.MAX_RECORD_BYTES - 10), "less");
    FetchReport report =
        runAllEnding(
            new FetchOutcome.Fetched(
                new ItemAnswers(
                    game(1), NOW, List.of(answer(20)), List.of(large), null, true, 1, 1),
                Missing.NOTHING,
                Map.of(),
                Map.of()));
    assertThat(report.isDone()).isTrue();
    LedgerEntry entry = Objects.requireNonNull(ledger.known().entries().get("1"));
    assertThat(ledger.answers(entry).orElseThrow().getNotInForce()).isEmpty();
  }

  private static ApiAnswer answer(int bytes) {
    return new ApiAnswer(
        "plays", "http://x", 200, "application/json", NOW, "ab", ByteBuffer.allocate(bytes));
  }

  @Test
  void anInterruptEndsTheRunAndWhatWasRecordedStays() throws Exception {
    Api api =
        new Api(100) {
          @Override
          FetchOutcome outcome(int number, Item game) {
            if (number == 30) {
              Thread.currentThread().interrupt();
              runner.interrupt();
            }
            return FakeLeague.fetched(game, Missing.NOTHING);
          }
        };
    assertThatThrownBy(() -> run(api)).isInstanceOf(InterruptedException.class);
    assertThat(ledger.answers).isBetween(13, 30);
    assertThat(ledger.known().entries()).hasSize(100);
  }

  @Test
  void aLedgerThatFailsEndsTheRun() {
    ledger.dieAfter(2);
    Api api =
        new Api(100) {
          @Override
          FetchOutcome outcome(int number, Item game) {
            return FakeLeague.fetched(game, Missing.NOTHING);
          }
        };
    assertThatThrownBy(() -> run(api)).isInstanceOf(MemoryLedger.Killed.class);
    assertThat(ledger.answers).isBetween(1, 13);
    assertThat(api.asked.get()).isLessThan(100);
  }
}
