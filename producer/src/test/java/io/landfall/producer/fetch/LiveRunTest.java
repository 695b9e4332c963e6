package io.landfall.producer.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.Progress;
import io.landfall.producer.ManualClock;
import io.landfall.producer.ledger.FetchPlan.Window;
import io.landfall.producer.source.FetchOutcome;
import io.landfall.producer.source.FetchOutcome.Missing;
import io.landfall.producer.source.Held;
import io.landfall.producer.source.Listing;
import io.landfall.producer.source.Source;
import io.landfall.schemas.ApiAnswer;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.ItemState;
import io.landfall.schemas.ItemStatus;
import io.landfall.schemas.LedgerEntry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** Items are followed while they are in progress, and what ends is closed as if nobody had. */
class LiveRunTest {

  private static final Instant EVENING = Instant.parse("2024-10-08T19:00:00Z");
  private static final LocalDate DAY = LocalDate.parse("2024-10-08");
  private static final Duration EVERY = Duration.ofSeconds(60);

  /** From when to when an item is in progress; it answers with how long it has been. */
  private record Span(Instant begins, Instant ends) {
    static Span minutes(int from, int to) {
      return new Span(EVENING.plusSeconds(60L * from), EVENING.plusSeconds(60L * to));
    }
  }

  private final ManualClock clock = new ManualClock(EVENING);
  private final Map<String, Span> spans = new TreeMap<>();
  private final List<String> asked = new ArrayList<>();
  private final List<Held> held = new ArrayList<>();
  private int listings;
  private Optional<String> away = Optional.empty();
  private boolean failing;

  private final class Api implements Source {
    @Override
    public Listing list(LocalDate first, LocalDate last, Progress progress) {
      listings++;
      if (away.isPresent()) {
        return new Listing(List.of(), Set.of(), List.of("away"));
      }
      List<Item> items =
          spans.entrySet().stream()
              .map(one -> new Item(one.getKey(), DAY, DAY, "", state(one.getValue()), Map.of()))
              .toList();
      return new Listing(
          items, new HashSet<>(first.datesUntil(last.plusDays(1)).toList()), List.of());
    }

    private ItemState state(Span span) {
      if (clock.instant().isBefore(span.begins())) {
        return ItemState.PENDING;
      }
      return clock.instant().isBefore(span.ends()) ? ItemState.IN_PROGRESS : ItemState.AVAILABLE;
    }

    @Override
    public FetchOutcome fetch(Item item, Held known) {
      asked.add(item.getKey() + " " + item.getState());
      held.add(known);
      if (away.isPresent()) {
        return new FetchOutcome.NotAsked("away");
      }
      if (failing) {
        return new FetchOutcome.Unavailable("status 503", Optional.empty());
      }
      boolean ended = item.getState() == ItemState.AVAILABLE;
      String version = ended ? "final" : clock.instant().toString();
      ApiAnswer answer =
          new ApiAnswer(
              "all", "http://x", 200, "", clock.instant(), version, ByteBuffer.allocate(1));
      return new FetchOutcome.Fetched(
          new ItemAnswers(item, clock.instant(), List.of(answer), List.of(), null, true, 1, 1),
          ended ? Missing.NOTHING : new Missing(Map.of("all", "in progress"), false),
          Map.of("counts", ended ? 10 : 100),
          Map.of());
    }

    @Override
    public Optional<String> unreachable() {
      return away;
    }

    @Override
    public long requests() {
      return (long) asked.size() + listings;
    }
  }

  private FetchRun next(MemoryLedger ledger) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    Window window =
        new Window(Optional.empty(), Optional.empty(), 0, today, DAY, Duration.ofDays(7));
    return new FetchRun(
        new Api(),
        ledger,
        new FetchSettings(window, 1, 13),
        "items",
        clock,
        Progress.lines(line -> {}, clock));
  }

  private LiveReport follow(MemoryLedger ledger, Instant latest) throws InterruptedException {
    return new LiveRun(ledger, () -> next(ledger), EVERY, clock, this::pass).run(latest);
  }

  private void pass(Instant time) {
    if (time.isAfter(clock.instant())) {
      clock.set(time);
    }
  }

  private LiveReport run(MemoryLedger ledger) throws InterruptedException {
    next(ledger).run();
    return follow(ledger, Instant.MAX);
  }

  private static LedgerEntry entry(MemoryLedger ledger, String key) {
    return Objects.requireNonNull(ledger.known().entries().get(key));
  }

  @Test
  void nothingIsAskedWhereNothingIsInProgress() throws Exception {
    spans.put("over", Span.minutes(-200, -30));
    spans.put("later", Span.minutes(60, 200));
    LiveReport report = run(new MemoryLedger());
    assertThat(report).isEqualTo(new LiveReport(0, 0, 0, 0, List.of(), Optional.empty()));
    assertThat(listings).isEqualTo(1);
    assertThat(asked).containsExactly("over AVAILABLE");
  }

  @Test
  void aRunDoesNotAskForWhatIsInProgressAndARoundDoesUntilItHasEnded() throws Exception {
    spans.put("on", Span.minutes(-10, 3));
    spans.put("joins", Span.minutes(1, 4));
    MemoryLedger ledger = new MemoryLedger();
    next(ledger).run();
    assertThat(asked).isEmpty();
    LiveReport report = follow(ledger, Instant.MAX);
    assertThat(asked)
        .containsExactly(
            "on IN_PROGRESS",
            "joins IN_PROGRESS",
            "on IN_PROGRESS",
            "joins IN_PROGRESS",
            "on IN_PROGRESS",
            "joins IN_PROGRESS",
            "on AVAILABLE",
            "joins AVAILABLE");
    assertThat(report).isEqualTo(new LiveReport(5, 2, 2, 0, List.of(), Optional.empty()));
    assertThat(report.isDone()).isTrue();
    assertThat(clock.instant()).isEqualTo(EVENING.plus(EVERY.multipliedBy(4)));
  }

  @Test
  void whatIsProvisionalIsHeldAndStaysExpected() throws Exception {
    spans.put("on", Span.minutes(-10, 30));
    MemoryLedger ledger = new MemoryLedger();
    next(ledger).run();
    LiveReport report = follow(ledger, EVENING.plus(EVERY.multipliedBy(2)));
    assertThat(report.rounds()).isEqualTo(2);
    LedgerEntry entry = entry(ledger, "on");
    assertThat(entry.getStatus()).isEqualTo(ItemStatus.EXPECTED);
    assertThat(entry.getHeld()).containsKey("all");
    assertThat(entry.getQuality()).containsEntry("counts", 100);
    assertThat(entry.getNextAttemptAt()).isNull();
    assertThat(entry.getReason()).isNull();
    assertThat(held.get(1).has("all", EVENING.toString()))
        .as("what came is judged by what is held")
        .isTrue();
    assertThat(held.get(1).complete()).isFalse();
  }

  @Test
  void whatFailsInBetweenChangesNothing() throws Exception {
    spans.put("on", Span.minutes(-10, 30));
    MemoryLedger ledger = new MemoryLedger();
    next(ledger).run();
    follow(ledger, EVENING.plus(EVERY));
    LedgerEntry before = entry(ledger, "on");
    failing = true;
    LiveReport report = follow(ledger, EVENING.plus(EVERY.multipliedBy(3)));
    assertThat(entry(ledger, "on")).isEqualTo(before);
    assertThat(report.isDone()).isTrue();
  }

  @Test
  void theFinalAnswerIsNotComparedWithAProvisionalOneThatSaidMore() throws Exception {
    spans.put("on", Span.minutes(-10, 2));
    MemoryLedger ledger = new MemoryLedger();
    run(ledger);
    Held last = held.get(held.size() - 1);
    assertThat(last.hashes()).isEmpty();
    assertThat(last.quality()).isEmpty();
    assertThat(last.answers().get()).as("held of nothing").isNotNull();
    assertThat(entry(ledger, "on").getStatus()).isEqualTo(ItemStatus.FETCHED);
    assertThat(entry(ledger, "on").getQuality()).containsEntry("counts", 10);
  }

  @Test
  void aFinalAnswerThatFailsIsAskedForInTheNextRoundsAndThenLeftToTheRuns() throws Exception {
    spans.put("on", Span.minutes(-10, 2));
    MemoryLedger ledger = new MemoryLedger();
    next(ledger).run();
    follow(ledger, EVENING.plus(EVERY.multipliedBy(2)));
    failing = true;
    LiveReport report = follow(ledger, Instant.MAX);
    assertThat(report.isDone()).isFalse();
    assertThat(report.undone()).isEqualTo(1);
    assertThat(entry(ledger, "on").getStatus()).isEqualTo(ItemStatus.FAILED);
    assertThat(entry(ledger, "on").getAttempts()).isEqualTo(7);
    assertThat(entry(ledger, "on").getHeld()).isEmpty();
    failing = false;
    clock.pass(Duration.ofHours(13));
    next(ledger).run();
    assertThat(entry(ledger, "on").getStatus()).isEqualTo(ItemStatus.FETCHED);
  }

  @Test
  void anApiThatStaysAwayEndsItAndOneThatComesBackDoesNot() throws Exception {
    spans.put("on", Span.minutes(-10, 30));
    MemoryLedger ledger = new MemoryLedger();
    next(ledger).run();
    away = Optional.of("nothing answers");
    LiveReport report = follow(ledger, EVENING.plus(EVERY.multipliedBy(4)));
    assertThat(report.rounds()).isEqualTo(4);
    away = Optional.empty();
    follow(ledger, EVENING.plus(EVERY.multipliedBy(6)));
    assertThat(entry(ledger, "on").getHeld()).isNotEmpty();
    away = Optional.of("nothing answers");
    report = follow(ledger, Instant.MAX);
    assertThat(report.isDone()).isFalse();
    assertThat(report.unreachable()).contains("nothing answers");
    assertThat(report.rounds()).isEqualTo(10);
    assertThat(entry(ledger, "on").getStatus()).isEqualTo(ItemStatus.EXPECTED);
  }

  @Test
  void whatIsListedAsInProgressForEverIsNotFollowedForEver() throws Exception {
    spans.put("forgotten", new Span(EVENING, Instant.MAX));
    MemoryLedger ledger = new MemoryLedger();
    run(ledger);
    assertThat(clock.instant())
        .isBetween(Instant.parse("2024-10-10T00:00:00Z"), Instant.parse("2024-10-10T00:02:00Z"));
    int before = asked.size();
    run(ledger);
    assertThat(asked).hasSize(before);
  }

  @Test
  void whatWasHeldAsFinalIsNeverReplacedByWhatIsProvisional() throws Exception {
    spans.put("back", Span.minutes(-30, -5));
    MemoryLedger ledger = new MemoryLedger();
    next(ledger).run();
    LedgerEntry before = entry(ledger, "back");
    spans.put("back", Span.minutes(-30, 30));
    next(ledger).run();
    follow(ledger, Instant.MAX);
    assertThat(asked).containsExactly("back AVAILABLE");
    assertThat(entry(ledger, "back").getHeld()).isEqualTo(before.getHeld());
    assertThat(entry(ledger, "back").getStatus()).isEqualTo(ItemStatus.FETCHED);
  }

  @Test
  void whatBreaksOffIsExpectedAsIfNothingHadBeenHeld() throws Exception {
    spans.put("on", Span.minutes(-10, 30));
    MemoryLedger ledger = new MemoryLedger();
    next(ledger).run();
    LedgerEntry before = entry(ledger, "on");
    follow(ledger, EVENING.plus(EVERY.multipliedBy(2)));
    spans.put("on", Span.minutes(2_000, 3_000)); // postponed
    follow(ledger, Instant.MAX);
    assertThat(entry(ledger, "on"))
        .isEqualTo(
            LedgerEntry.newBuilder(before)
                .setItem(new Item("on", DAY, DAY, "", ItemState.PENDING, Map.of()))
                .build());
  }

  /**
   * Whatever happens in between, in the end the ledger is what it would be had nobody followed
   * anything.
   */
  @Test
  void inTheEndTheLedgerIsAsIfNothingHadBeenFollowed() throws Exception {
    long seed = ThreadLocalRandom.current().nextLong(1_000_000);
    System.out.println("LiveRunTest: seed " + seed);
    for (long evening = seed; evening < seed + 300; evening++) {
      Random random = new Random(evening);
      spans.clear();
      for (int item = 0; item < 4; item++) {
        int from = random.nextInt(200) - 100;
        spans.put("item" + item, Span.minutes(from, from + 1 + random.nextInt(120)));
      }
      clock.set(EVENING);
      MemoryLedger followed = new MemoryLedger();
      MemoryLedger plain = new MemoryLedger();
      for (Instant at = EVENING; at.isBefore(EVENING.plus(Duration.ofHours(5))); ) {
        failing = random.nextInt(4) == 0;
        away = random.nextInt(6) == 0 ? Optional.of("away") : Optional.empty();
        at = at.plus(EVERY.multipliedBy(1 + random.nextInt(20)));
        follow(followed, at);
        clock.set(at);
        if (away.isEmpty() && random.nextInt(3) == 0) {
          failing = false;
          next(followed).run();
          next(plain).run();
        }
      }
      failing = false;
      away = Optional.empty();
      clock.set(EVENING.plus(Duration.ofHours(20)));
      next(followed).run();
      next(plain).run();
      for (String key : spans.keySet()) {
        assertThat(timeless(entry(followed, key)))
            .as("seed %d, %s", evening, key)
            .isEqualTo(timeless(entry(plain, key)));
      }
      assertThat(followed.known().days()).isEqualTo(plain.known().days());
    }
  }

  /** When an item was closed is earlier where it was followed. */
  private static LedgerEntry timeless(LedgerEntry entry) {
    return LedgerEntry.newBuilder(entry)
        .setFetchedAt(null)
        .setChangedAt(null)
        .setNextAttemptAt(null)
        .build();
  }
}
