package io.landfall.producer.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.producer.ledger.FetchPlan.Due;
import io.landfall.producer.ledger.FetchPlan.Reason;
import io.landfall.producer.ledger.FetchPlan.Window;
import io.landfall.producer.nhl.stats.Games;
import io.landfall.producer.source.FetchOutcome;
import io.landfall.producer.source.FetchOutcome.Missing;
import io.landfall.producer.source.Listing;
import io.landfall.schemas.ApiAnswer;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.ItemState;
import io.landfall.schemas.LedgerEntry;
import io.landfall.schemas.SingleObjectFormat;
import io.landfall.schemas.SingleObjectFormat.Undecodable;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever the schedule does with a game, and whatever comes of asking for it, in any order: its
 * entry is always one that can be read again, no state follows one that it may not, nothing that is
 * held is lost, and it is asked for when there is something to ask for.
 */
class EntriesLawsTest {

  private static final LocalDate FIRST = LocalDate.parse("2024-10-04");
  private static final String KEY = "7";
  private static final SingleObjectFormat<LedgerEntry> FORMAT =
      SingleObjectFormat.of(LedgerEntry.class);

  /**
   * One run.
   *
   * @param listed the state that the schedule has the game in; empty where it has it nowhere
   * @param day of the game
   * @param answer what the API would answer
   * @param hours since the run before
   */
  private record Run(Optional<String> listed, int day, int answer, int hours) {

    static Run of(String listed, int day) {
      return new Run(Optional.of(listed), day, 0, 1);
    }
  }

  /** The ledger of one game, and the runs over it. */
  private static final class History {
    private Instant now = FIRST.atStartOfDay().toInstant(ZoneOffset.UTC);
    private Optional<LedgerEntry> entry = Optional.empty();
    private Optional<Due> due = Optional.empty();
    private FetchPlan plan = new FetchPlan(List.of(), List.of());
    private List<String> notes = List.of();
    private int fetched;
    private boolean changing = true;

    History(List<Run> runs) {
      runs.forEach(this::run);
    }

    LedgerEntry entry() {
      return entry.orElseThrow();
    }

    Status status() {
      return Status.of(entry());
    }

    void run(Run run) {
      now = now.plus(Duration.ofHours(run.hours()));
      Listing listing = listing(run);
      Map<String, LedgerEntry> ledger =
          entry.map(known -> Map.of(KEY, known)).orElseGet(() -> Map.of());
      plan = FetchPlan.of(ledger, listing, window(), now);
      notes = FetchPlan.notes(ledger, listing);
      plan.listed().forEach(this::write);
      due = plan.due().stream().findFirst();
      due.ifPresent(
          one -> {
            assertThat(one.item().getState()).isEqualTo(ItemState.AVAILABLE);
            assertThat(one.entry()).isEqualTo(entry());
            write(Entries.after(one.entry(), answer(run.answer()), now));
          });
    }

    private Listing listing(Run run) {
      Set<LocalDate> days = FIRST.datesUntil(FIRST.plusDays(60)).collect(Collectors.toSet());
      return new Listing(
          run
              .listed()
              .map(state -> Games.of(7, FIRST.plusDays(run.day()), 2, state, "BUF", "NJD"))
              .stream()
              .toList(),
          days,
          List.of());
    }

    private Window window() {
      return new Window(
          Optional.empty(),
          Optional.empty(),
          0,
          LocalDate.ofInstant(now, ZoneOffset.UTC),
          FIRST,
          Duration.ofDays(7));
    }

    private void write(LedgerEntry next) {
      entry.ifPresent(
          before -> {
            assertThat(Status.of(before).mayBecome(Status.of(next)))
                .as("%s to %s", before, next)
                .isTrue();
            assertThat(next.getHeld().keySet()).containsAll(before.getHeld().keySet());
          });
      try {
        assertThat(FORMAT.decode(FORMAT.encode(next))).isEqualTo(next);
      } catch (Undecodable e) {
        throw new AssertionError(e);
      }
      LedgerEntry.Builder again = LedgerEntry.newBuilder(next);
      StatusFormat.write(Status.of(next), again);
      assertThat(again.build()).isEqualTo(next);
      entry = Optional.of(next);
    }

    private FetchOutcome answer(int kind) {
      return switch (kind) {
        case 0 -> fetched(Missing.NOTHING);
        case 1 -> fetched(new Missing(Map.of("shiftcharts", "empty"), false));
        case 2 ->
            fetched(
                new Missing(
                    Map.of("boxscore", "shots"),
                    false,
                    Optional.empty(),
                    Optional.of(Duration.ofDays(1))));
        case 3 -> fetched(new Missing(Map.of("boxscore", "status 503"), true));
        case 4 -> new FetchOutcome.Rejected("status 404");
        case 5 ->
            new FetchOutcome.Unavailable("status 429", Optional.of(now.plus(Duration.ofHours(30))));
        default -> new FetchOutcome.NotAsked("the breaker is open");
      };
    }

    /** Each a new one of the same endpoint, as after a correction; one in three the same again. */
    private FetchOutcome fetched(Missing missing) {
      fetched += changing ? 1 : 0;
      ApiAnswer answer =
          new ApiAnswer(
              "play-by-play",
              "http://x",
              200,
              "application/json",
              now,
              "%064d".formatted(fetched / 3),
              ByteBuffer.allocate(1));
      Item item = entry().getItem();
      return new FetchOutcome.Fetched(
          new ItemAnswers(item, now, List.of(answer), List.of(), null, true, 1, 1),
          missing,
          Map.of(),
          Map.of());
    }

    /** Runs in which the API has all and changes nothing, until there is nothing to ask for. */
    void settle(String state, int day) {
      changing = false;
      for (int runs = 0; runs < 60; runs++) {
        run(new Run(Optional.of(state), day, 0, 24));
      }
    }
  }

  @Provide
  Arbitrary<List<Run>> histories() {
    Arbitrary<Optional<String>> states =
        Arbitraries.of(
            Stream.concat(
                    Stream.of("FUT", "LIVE", "FINAL", "OFF", "OFF", "PPD", "CNCL")
                        .map(Optional::of),
                    Stream.of(Optional.<String>empty()))
                .toList());
    return Combinators.combine(
            states,
            Arbitraries.integers().between(0, 40),
            Arbitraries.integers().between(0, 6),
            Arbitraries.integers().between(0, 100))
        .as(Run::new)
        .list()
        .ofMaxSize(25);
  }

  @Property(tries = 200)
  void inTheEndItIsHeldCompleteOrCancelled(
      @ForAll("histories") List<Run> runs, @ForAll boolean cancelled) {
    History history = new History(runs);
    history.settle(cancelled ? "CNCL" : "OFF", 20);
    assertThat(history.due).isEmpty();
    assertThat(history.status().remarks()).isEmpty();
    if (cancelled) {
      assertThat(history.status()).isEqualTo(new Status.Cancelled(Optional.empty()));
    } else {
      assertThat(history.status()).isInstanceOf(Status.Fetched.class);
      assertThat(history.entry().getHeld()).isNotEmpty();
    }
  }

  @Property(tries = 200)
  void aPostponedGameIsNotAskedForUntilItIsOverOnItsNewDay(@ForAll("histories") List<Run> runs) {
    History history = new History(runs);
    history.run(Run.of("PPD", 10));
    assertThat(history.due).isEmpty();
    history.run(Run.of("FUT", 33));
    assertThat(history.due).isEmpty();
    history.run(Run.of("OFF", 33));
    assertThat(history.due).isPresent();
    assertThat(history.entry().getItem().getFirstDay()).isEqualTo(FIRST.plusDays(33));
    assertThat(history.entry().getItem().getKey()).isEqualTo(KEY);
  }

  @Property(tries = 200)
  void aGameThatIsMovedForwardIsAskedForWhenItIsOverThere(@ForAll("histories") List<Run> runs) {
    History history = new History(runs);
    history.run(Run.of("FUT", 30));
    history.run(Run.of("OFF", 5));
    assertThat(history.due).isPresent();
    assertThat(history.entry().getItem().getFirstDay()).isEqualTo(FIRST.plusDays(5));
  }

  @Property(tries = 1)
  void whoListsAGameTwiceHasToSayWhichOfTheTwoItIs() {
    Item here = Games.of(7, FIRST, 2, "PPD", "BUF", "NJD");
    Item there = Games.of(7, FIRST.plusDays(3), 2, "OFF", "BUF", "NJD");
    assertThatThrownBy(() -> new Listing(List.of(here, there), Set.of(), List.of()))
        .hasMessageContaining("Item 7 is listed twice");
  }

  @Property(tries = 200)
  void aCancelledGameIsNeverAskedForAndKeepsWhatIsHeldOfIt(@ForAll("histories") List<Run> runs) {
    History history = new History(runs);
    Map<String, String> held = history.entry.map(LedgerEntry::getHeld).orElse(Map.of());
    history.run(Run.of("CNCL", 10));
    assertThat(history.due).isEmpty();
    assertThat(history.status()).isEqualTo(new Status.Cancelled(Optional.empty()));
    assertThat(history.entry().getHeld()).isEqualTo(held);
  }

  @Property(tries = 200)
  void aCancelledGameThatComesBackIsExpectedAndThenAskedForAsANewOne(
      @ForAll("histories") List<Run> runs) {
    History history = new History(runs);
    history.run(Run.of("CNCL", 10));
    history.run(Run.of("FUT", 12));
    // Or it counts as void again, because its day is long over.
    assertThat(history.status()).isNotEqualTo(new Status.Cancelled(Optional.empty()));
    history.run(Run.of("OFF", 12));
    assertThat(history.due).get().extracting(Due::reason).isEqualTo(Reason.NEW);
  }

  @Property(tries = 200)
  void aGameThatIsPlayedAgainIsAskedForAgainHoweverLongAfterItsLastLook(
      @ForAll("histories") List<Run> runs, @ForAll boolean announced) {
    History history = new History(runs);
    history.settle("OFF", 3);
    assertThat(history.due).isEmpty();
    if (announced) {
      history.run(Run.of("FUT", 36));
      assertThat(history.due).as("there is nothing to ask for yet").isEmpty();
      assertThat(history.status()).as("what is held stays").isInstanceOf(Status.Fetched.class);
    }
    history.run(Run.of("OFF", 36));
    assertThat(history.due).get().extracting(Due::reason).isEqualTo(Reason.LOOK_AGAIN);
  }

  @Property(tries = 200)
  void aStateThatGoesBackTakesNothingAwayAndIsAskedForWhenItIsOverAnew(
      @ForAll("histories") List<Run> runs) {
    History history = new History(runs);
    history.run(Run.of("OFF", 3));
    LedgerEntry before = history.entry();
    history.run(Run.of("LIVE", 3));
    assertThat(history.due).isEmpty();
    assertThat(LedgerEntry.newBuilder(history.entry()).setItem(before.getItem()).build())
        .isEqualTo(before);
    history.run(Run.of("OFF", 3));
    assertThat(history.due).isPresent();
  }

  @Property(tries = 200)
  void aGameThatVanishesStaysAsItIsStaysDueAndIsNamed(@ForAll("histories") List<Run> runs) {
    History history = new History(runs);
    history.run(new Run(Optional.of("OFF"), 3, 4, 0));
    LedgerEntry before = history.entry();
    for (int nights = 0; nights < 3; nights++) {
      history.run(new Run(Optional.empty(), 0, 6, 24 * 8));
      assertThat(history.plan.listed()).isEmpty();
      assertThat(history.entry()).isEqualTo(before);
      assertThat(history.notes).singleElement().asString().contains("is no longer");
      if (Status.of(before).waiting().isPresent()) {
        assertThat(history.due).get().extracting(Due::reason).isEqualTo(Reason.RETRY);
      }
    }
  }

  @Property(tries = 1)
  void aChangeThatMayNotBeIsAFaultOfTheProgramAndIsNotWritten() {
    LedgerEntry cancelled = Entries.listed(Games.of(7, FIRST, 2, "CNCL", "BUF", "NJD"));
    assertThatThrownBy(
            () -> Entries.after(cancelled, new FetchOutcome.Rejected("404"), Instant.EPOCH))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(
            "item 7 cannot come from Cancelled[remark=Optional.empty] to Failed[");
    assertThatThrownBy(
            () ->
                Entries.after(
                    cancelled, new FetchOutcome.Unchanged(Missing.NOTHING), Instant.EPOCH))
        .hasMessageContaining("to Fetched[");
  }
}
