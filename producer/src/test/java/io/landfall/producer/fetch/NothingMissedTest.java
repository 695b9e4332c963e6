package io.landfall.producer.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.landfall.cli.Progress;
import io.landfall.producer.ManualClock;
import io.landfall.producer.ledger.FetchPlan.Window;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemState;
import io.landfall.schemas.ItemStatus;
import io.landfall.schemas.LedgerEntry;
import io.landfall.schemas.ListedDays;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/**
 * Whatever days a producer runs on, with whatever days asked for, through outages, kills, bad
 * listings, breaks and a schedule that moves and goes back: every finished game of the whole
 * schedule is held or named, and in the end held as it was played last.
 */
class NothingMissedTest {

  private static final int LEAGUES = 200;

  @Test
  void everyFinishedGameOfTheWholeScheduleIsHeldOrNamed() throws Exception {
    Long asked = Long.getLong("landfall.seed");
    long seed = asked == null ? ThreadLocalRandom.current().nextLong(1_000_000) : asked;
    System.out.println("NothingMissedTest: seed " + seed);
    for (long league = seed; league < seed + LEAGUES; league++) {
      try {
        new History(league).live();
      } catch (AssertionError e) {
        fail("-Dlandfall.seed=" + league + ": " + e.getMessage(), e);
      }
    }
  }

  /** One producer through one league. */
  private static final class History {

    private final Random random;
    private final FakeLeague league;
    private final MemoryLedger archive = new MemoryLedger();
    private final ManualClock clock;
    private Optional<LocalDate> firstListed = Optional.empty();
    private int day;

    History(long seed) {
      random = new Random(seed);
      league = new FakeLeague(seed);
      clock = new ManualClock(FakeLeague.FIRST_DAY.atStartOfDay().toInstant(ZoneOffset.UTC));
    }

    void live() throws InterruptedException {
      day = random.nextInt(40);
      while (day < FakeLeague.DAYS) {
        Window window = window();
        boolean failing = random.nextInt(4) == 0;
        run(window, failing, random.nextInt(10) == 0, random.nextInt(8) == 0);
        day += random.nextInt(6) == 0 ? random.nextInt(45) : random.nextInt(3);
      }
      day = FakeLeague.DAYS + random.nextInt(60);
      for (int healthy = 0; healthy < 3; healthy++) {
        run(window(Optional.empty(), Optional.empty()), false, false, false);
        day += 2;
      }
      everythingIsHeld();
    }

    private Window window() {
      LocalDate today = today();
      return switch (random.nextInt(6)) {
        case 0 -> {
          LocalDate from = today.plusDays(random.nextInt(60) - 50);
          yield window(Optional.of(from), Optional.of(from.plusDays(random.nextInt(20))));
        }
        case 1 -> window(Optional.of(today.minusDays(random.nextInt(10))), Optional.empty());
        case 2 -> window(Optional.empty(), Optional.of(today.plusDays(random.nextInt(30) - 20)));
        default -> window(Optional.empty(), Optional.empty());
      };
    }

    private Window window(Optional<LocalDate> from, Optional<LocalDate> to) {
      return new Window(
          from, to, random.nextInt(8), today(), FakeLeague.FIRST_DAY, Duration.ofDays(7));
    }

    private LocalDate today() {
      return FakeLeague.FIRST_DAY.plusDays(day);
    }

    private void run(Window window, boolean failing, boolean away, boolean killed)
        throws InterruptedException {
      boolean evening = random.nextInt(3) == 0;
      clock.set(today().atTime(evening ? 23 : 9, 0).toInstant(ZoneOffset.UTC));
      league.at(day, evening, failing, away);
      archive.dieAfter(killed ? random.nextInt(4) : Integer.MAX_VALUE);
      Optional<ListedDays> before = archive.known().days();
      try {
        new FetchRun(
                league,
                archive,
                new FetchSettings(
                    window,
                    1, // so that a seed always tells the same story
                    1 + random.nextInt(5)),
                "games",
                clock,
                Progress.lines(line -> {}, clock))
            .run();
      } catch (MemoryLedger.Killed e) {
        // As intended; what it had committed stays.
      }
      archive.dieAfter(Integer.MAX_VALUE);
      archive.known().days().ifPresent(days -> check(before, days, window));
    }

    private void check(Optional<ListedDays> before, ListedDays days, Window window) {
      if (before.isEmpty()) {
        boolean all = window.from().isEmpty() && window.to().isEmpty();
        LocalDate first = all ? window.historyStart() : window.first();
        firstListed = Optional.of(first.isAfter(today()) ? today() : first);
      }
      assertThat(days.getFrom()).isBeforeOrEqualTo(firstListed.orElseThrow());
      assertThat(days.getThrough()).isBefore(today());
      before.ifPresent(
          old -> {
            assertThat(days.getFrom()).isBeforeOrEqualTo(old.getFrom());
            assertThat(days.getThrough()).isAfterOrEqualTo(old.getThrough());
          });
      for (Item game : league.schedule()) {
        boolean listed =
            !game.getFirstDay().isBefore(days.getFrom())
                && !game.getFirstDay().isAfter(days.getThrough());
        if (game.getState() == ItemState.AVAILABLE && listed) {
          assertThat(archive.known().entries())
              .as("%s on %s, listed %s", game, today(), days)
              .containsKey(game.getKey());
        }
      }
    }

    private void everythingIsHeld() {
      LocalDate from = archive.known().days().orElseThrow().getFrom();
      for (Item game : league.schedule()) {
        LedgerEntry entry = archive.known().entries().get(game.getKey());
        if (game.getState() == ItemState.AVAILABLE && !game.getFirstDay().isBefore(from)) {
          assertThat(entry).as("%s, listed from %s", game, from).isNotNull();
          assertHeld(game, entry);
        } else if (entry != null && game.getState() == ItemState.AVAILABLE) {
          assertHeld(game, entry);
        }
      }
    }

    private static void assertHeld(Item game, LedgerEntry entry) {
      assertThat(entry.getStatus()).as("%s: %s", game, entry).isEqualTo(ItemStatus.FETCHED);
      assertThat(entry.getHeld().values())
          .as("%s: %s", game, entry)
          .containsExactly(FakeLeague.hash(game));
    }
  }
}
