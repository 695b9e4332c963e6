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
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/**
 * A season of 1,200 games that is left alone: one run a day, an API of which one answer in ten
 * fails, parts that come late or never, corrections, disagreements that stay, postponements. In the
 * end every game is complete, settled or void, and hardly anything is asked for any more.
 */
class SettlesTest {

  private static final LocalDate FIRST = LocalDate.parse("2024-10-04");
  private static final int GAMES = 1_200;
  private static final int GAMES_A_DAY = 13;

  /** For the last of the games to have had all its looks. */
  private static final int DAYS = GAMES / GAMES_A_DAY + 60;

  /** What becomes of a game's answers, in days after it. */
  private record Fate(int complete, int corrected, Optional<Duration> settlesAfter, boolean off) {

    static Fate of(Random random) {
      int kind = random.nextInt(100);
      int corrected = random.nextInt(10) == 0 ? 1 + random.nextInt(6) : Integer.MAX_VALUE;
      if (kind < 8) { // no chart, for some days or for ever
        int late = random.nextBoolean() ? 1 + random.nextInt(9) : Integer.MAX_VALUE;
        return new Fate(late, corrected, Optional.of(Duration.ofDays(14)), false);
      }
      if (kind < 10) { // a small disagreement that stays
        return new Fate(Integer.MAX_VALUE, corrected, Optional.of(Duration.ofDays(3)), false);
      }
      return new Fate(0, corrected, Optional.empty(), kind == 10);
    }

    String version(long days) {
      return (days >= complete ? "whole" : "part") + (days >= corrected ? ", corrected" : "");
    }
  }

  private static final class Api implements Source {
    private final List<Fate> fates = new ArrayList<>();
    private final List<LocalDate> days = new ArrayList<>();
    private final Random random;
    private final ManualClock clock;
    private long requests;

    Api(Random random, ManualClock clock) {
      this.random = random;
      this.clock = clock;
      for (int game = 0; game < GAMES; game++) {
        fates.add(Fate.of(random));
        days.add(FIRST.plusDays(game / GAMES_A_DAY));
        if (random.nextInt(50) == 0) { // postponed by weeks, as everybody knows from the start
          days.set(game, days.get(game).plusDays(1 + random.nextInt(20)));
        }
      }
    }

    private LocalDate today() {
      return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    @Override
    public Listing list(LocalDate first, LocalDate last, Progress progress) {
      List<Item> items = new ArrayList<>();
      for (int game = 0; game < GAMES; game++) {
        LocalDate day = days.get(game);
        if (!day.isBefore(first) && !day.isAfter(last)) {
          items.add(new Item(Integer.toString(game), day, day, "", state(game), Map.of()));
        }
      }
      requests += first.datesUntil(last.plusDays(1)).count() / 7 + 1;
      Set<LocalDate> all = new HashSet<>(first.datesUntil(last.plusDays(1)).toList());
      return new Listing(items, all, List.of(), List.of());
    }

    private ItemState state(int game) {
      if (fates.get(game).off()) {
        return ItemState.CANCELLED;
      }
      return days.get(game).isBefore(today()) ? ItemState.AVAILABLE : ItemState.PENDING;
    }

    @Override
    public FetchOutcome fetch(Item item, Held held) {
      requests += 3;
      if (random.nextInt(10) == 0) {
        return new FetchOutcome.Unavailable("status 503", Optional.empty());
      }
      int game = Integer.parseInt(item.getKey());
      Fate fate = fates.get(game);
      String version = version(game);
      Missing missing =
          version.startsWith("whole")
              ? Missing.NOTHING
              : new Missing(
                  Map.of("chart", "not there"), false, Optional.empty(), fate.settlesAfter());
      if (held.has("all", version)) {
        return new FetchOutcome.Unchanged(missing);
      }
      Instant now = clock.instant();
      ApiAnswer answer =
          new ApiAnswer("all", "http://x", 200, "", now, version, ByteBuffer.allocate(1));
      return new FetchOutcome.Fetched(
          new ItemAnswers(item, now, List.of(answer), List.of(), null, true, 1, 1),
          missing,
          Map.of(),
          Map.of());
    }

    String version(int game) {
      return fates.get(game).version(days.get(game).until(today(), ChronoUnit.DAYS) - 1);
    }

    @Override
    public Optional<String> unreachable() {
      return Optional.empty();
    }

    @Override
    public long requests() {
      return requests;
    }
  }

  @Test
  void aSeasonThatIsLeftAloneSettles() throws Exception {
    long seed = ThreadLocalRandom.current().nextLong(1_000_000);
    System.out.println("SettlesTest: seed " + seed);
    ManualClock clock = new ManualClock(FIRST.atTime(9, 0).toInstant(ZoneOffset.UTC));
    Api api = new Api(new Random(seed), clock);
    MemoryLedger ledger = new MemoryLedger();
    long before = 0;
    long lastWeeks = 0;
    for (int day = 0; day < DAYS; day++) {
      LocalDate today = FIRST.plusDays(day);
      clock.set(today.atTime(9, 0).toInstant(ZoneOffset.UTC));
      Window window =
          new Window(
              Optional.empty(),
              Optional.empty(),
              0,
              today,
              FIRST,
              Duration.ofDays(7).minusHours(4));
      new FetchRun(
              api,
              ledger,
              new FetchSettings(window, 1, 13),
              "games",
              clock,
              Progress.lines(line -> {}, clock))
          .run();
      if (day >= DAYS - 14) {
        lastWeeks += api.requests() - before;
      }
      before = api.requests();
    }
    for (int game = 0; game < GAMES; game++) {
      LedgerEntry entry = ledger.known().entries().get(Integer.toString(game));
      assertThat(Objects.requireNonNull(entry).getStatus())
          .as("seed %d, %s, %s", seed, api.fates.get(game), entry)
          .isEqualTo(expected(api.fates.get(game)));
      if (entry.getStatus() != ItemStatus.VOID) {
        assertThat(entry.getHeld()).containsEntry("all", api.version(game));
      }
    }
    assertThat(api.requests())
        .as("seed %d: three a game, its looks, and what failed or waited", seed)
        .isLessThan(3L * GAMES * 8);
    assertThat(lastWeeks / 14.0).as("seed %d: requests a day in the end", seed).isLessThan(10);
    System.out.printf(
        "SettlesTest: %,d requests for %,d games, %.1f a day in the end%n",
        api.requests(), GAMES, lastWeeks / 14.0);
  }

  private static ItemStatus expected(Fate fate) {
    if (fate.off()) {
      return ItemStatus.VOID;
    }
    return fate.complete() == Integer.MAX_VALUE ? ItemStatus.SETTLED : ItemStatus.FETCHED;
  }
}
