package io.landfall.producer.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.producer.ledger.FetchPlan.Reason;
import io.landfall.producer.ledger.FetchPlan.Window;
import io.landfall.producer.nhl.stats.Games;
import io.landfall.producer.source.FetchOutcome;
import io.landfall.producer.source.FetchOutcome.Missing;
import io.landfall.producer.source.Listing;
import io.landfall.schemas.ApiAnswer;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.ItemStatus;
import io.landfall.schemas.LedgerEntry;
import io.landfall.schemas.ListedDays;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FetchPlanTest {

  private static final Instant NOW = Instant.parse("2024-10-10T14:00:00Z");
  private static final LocalDate DAY = LocalDate.parse("2024-10-08");
  private static final Window LAST_WEEK = on("2024-10-10");

  private static Window on(String today) {
    return new Window(
        Optional.empty(),
        Optional.empty(),
        7,
        LocalDate.parse(today),
        DAY.minusDays(7),
        Duration.ofDays(7));
  }

  private static Item game(int id, String state) {
    return Games.of(id, DAY, 2, state, "BUF", "NJD");
  }

  private static Listing listing(Item... games) {
    return new Listing(List.of(games), Set.of(DAY), List.of());
  }

  private static LedgerEntry expected(Item game) {
    return Entries.listed(game);
  }

  private static FetchOutcome fetched(Map<String, String> missing) {
    ApiAnswer response =
        new ApiAnswer(
            "play-by-play", "http://x", 200, "application/json", NOW, "ab", ByteBuffer.allocate(1));
    return new FetchOutcome.Fetched(
        new ItemAnswers(game(1, "OFF"), NOW, List.of(response), List.of(), null, true, 1, 1),
        new Missing(missing, false),
        Map.of(),
        Map.of());
  }

  private static FetchPlan plan(LedgerEntry known, Window window, Instant now, Item... listed) {
    return FetchPlan.of(Map.of(known.getItem().getKey(), known), listing(listed), window, now);
  }

  @Test
  void aFinishedGameThatWasNeverFetchedIsNew() {
    FetchPlan plan = FetchPlan.of(Map.of(), listing(game(1, "OFF")), LAST_WEEK, NOW);
    assertThat(plan.due()).singleElement().extracting("reason").isEqualTo(Reason.NEW);
    assertThat(plan.listed()).hasSize(1);
  }

  @Test
  void aPreseasonStyleFinalIsFinishedAndOverIsNot() {
    FetchPlan plan =
        FetchPlan.of(
            Map.of(), listing(game(1, "FINAL"), game(2, "OVER"), game(3, "LIVE")), LAST_WEEK, NOW);
    assertThat(plan.due()).extracting(due -> due.item().getKey()).containsExactly("1");
    assertThat(plan.listed()).hasSize(3);
  }

  @Test
  void anIncompleteGameStaysDueLongAfterTheWindowHasMovedOn() {
    LedgerEntry incomplete =
        Entries.after(expected(game(1, "OFF")), fetched(Map.of("shiftcharts", "empty")), NOW);
    assertThat(incomplete.getStatus()).isEqualTo(ItemStatus.INCOMPLETE);
    Window muchLater = on("2025-03-08");
    FetchPlan plan = plan(incomplete, muchLater, NOW.plus(Duration.ofDays(150)));
    assertThat(plan.due()).singleElement().extracting("reason").isEqualTo(Reason.RETRY);
  }

  @Test
  void anIncompleteGameWaitsForItsPause() {
    LedgerEntry incomplete =
        Entries.after(expected(game(1, "OFF")), fetched(Map.of("shiftcharts", "empty")), NOW);
    assertThat(plan(incomplete, LAST_WEEK, NOW.plusSeconds(60), game(1, "OFF")).due()).isEmpty();
  }

  @Test
  void aCompleteGameIsLookedAtAgainWithinTheWindowOnly() {
    LedgerEntry complete = Entries.after(expected(game(1, "OFF")), fetched(Map.of()), NOW);
    assertThat(complete.getStatus()).isEqualTo(ItemStatus.FETCHED);
    assertThat(plan(complete, LAST_WEEK, NOW, game(1, "OFF")).due())
        .singleElement()
        .extracting("reason")
        .isEqualTo(Reason.LOOK_AGAIN);
    Window later = on("2024-11-08");
    assertThat(plan(complete, later, NOW).due()).isEmpty();
  }

  @Test
  void whatIsHeldIsLookedAtAgainWhenItIsTimeWhateverTheWindow() {
    LedgerEntry complete = Entries.after(expected(game(1, "OFF")), fetched(Map.of()), NOW);
    Window later = on("2024-11-08");
    assertThat(plan(complete, later, NOW.plus(Duration.ofHours(19))).due()).isEmpty();
    assertThat(plan(complete, later, NOW.plus(Duration.ofHours(20))).reasons())
        .isEqualTo(Map.of(Reason.LOOK_AGAIN, 1L));
  }

  @Test
  void daysThatTheUserNamesAreFetchedAgain() {
    LedgerEntry complete = Entries.after(expected(game(1, "OFF")), fetched(Map.of()), NOW);
    assertThat(
            plan(
                    complete,
                    new Window(
                        Optional.of(DAY),
                        Optional.of(DAY),
                        7,
                        DAY.plusDays(2),
                        DAY,
                        Duration.ofDays(7)),
                    NOW,
                    game(1, "OFF"))
                .due())
        .singleElement()
        .extracting("reason")
        .isEqualTo(Reason.ASKED_FOR);
  }

  @Test
  void aGameThatWasExpectedBeforeTheWindowIsListedAgain() {
    LedgerEntry expected = expected(game(1, "FUT"));
    Window later = on("2024-11-08");
    Known known =
        new Known(Map.of("1", expected), Optional.of(new ListedDays(DAY, later.today(), NOW)));
    assertThat(Calendar.firstDayToList(known, later, NOW)).isEqualTo(DAY);
  }

  @Test
  void aPostponedGameMovesWithItsId() {
    LedgerEntry postponed = expected(game(1, "PPD"));
    Item moved = Games.of(1, DAY.plusDays(2), 2, "OFF", "BUF", "NJD");
    FetchPlan plan = plan(postponed, LAST_WEEK, NOW, moved);
    assertThat(plan.due()).singleElement().extracting(due -> due.item()).isEqualTo(moved);
  }

  @Test
  void aCancelledGameIsVoidAndNeverDue() {
    FetchPlan plan = plan(expected(game(1, "FUT")), LAST_WEEK, NOW, game(1, "CNCL"));
    assertThat(plan.due()).isEmpty();
    assertThat(plan.listed())
        .singleElement()
        .extracting(LedgerEntry::getStatus)
        .isEqualTo(ItemStatus.VOID);
  }

  @Test
  void aFailureTakesNothingAwayFromWhatIsHeld() {
    LedgerEntry complete = Entries.after(expected(game(1, "OFF")), fetched(Map.of()), NOW);
    LedgerEntry after =
        Entries.after(complete, new FetchOutcome.Unavailable("status 503", Optional.empty()), NOW);
    assertThat(after.getStatus()).isEqualTo(ItemStatus.FETCHED);
    assertThat(after.getHeld()).isEqualTo(complete.getHeld());
    assertThat(after.getReason()).isEqualTo("status 503");
  }

  @Test
  void aCompleteGameFoundUnchangedLeavesNoTrace() {
    LedgerEntry complete = Entries.after(expected(game(1, "OFF")), fetched(Map.of()), NOW);
    LedgerEntry after =
        Entries.after(complete, new FetchOutcome.Unchanged(Missing.NOTHING), NOW.plusSeconds(1));
    assertThat(after).isEqualTo(complete);
  }

  @Test
  void aRejectedGameIsFailedAndComesBackWithGrowingPauses() {
    LedgerEntry entry = expected(game(1, "OFF"));
    Duration pause = Duration.ZERO;
    for (int attempt = 1; attempt <= 7; attempt++) {
      entry = Entries.after(entry, new FetchOutcome.Rejected("status 404"), NOW);
      assertThat(entry.getStatus()).isEqualTo(ItemStatus.FAILED);
      Duration next = Duration.between(NOW, entry.getNextAttemptAt());
      assertThat(next).isGreaterThanOrEqualTo(pause).isLessThanOrEqualTo(Duration.ofDays(1));
      pause = next;
    }
  }

  @Test
  void theApiMayAskForALongerPause() {
    Instant until = NOW.plus(Duration.ofHours(5));
    LedgerEntry after =
        Entries.after(
            expected(game(1, "OFF")),
            new FetchOutcome.Unavailable("status 429", Optional.of(until)),
            NOW);
    assertThat(after.getNextAttemptAt()).isEqualTo(until);
  }

  private static List<String> notes(Listing listing, Item... known) {
    return FetchPlan.notes(
        Stream.of(known).collect(Collectors.toMap(Item::getKey, game -> expected(game))), listing);
  }

  @Test
  void aGameThatHasVanishedFromADayThatWasListedIsNamedAndStaysDue() {
    Item gone = game(1, "OFF");
    Listing listing = listing(game(2, "OFF"));
    assertThat(notes(listing, gone, game(2, "OFF")))
        .singleElement()
        .asString()
        .startsWith("1  2024-10-08  NJD@BUF was listed before and is no longer");
    FetchPlan plan = FetchPlan.of(Map.of("1", expected(gone)), listing, LAST_WEEK, NOW);
    assertThat(plan.due()).extracting(due -> due.item().getKey()).containsExactly("1", "2");
    assertThat(plan.listed()).extracting(entry -> entry.getItem().getKey()).containsExactly("2");
  }

  @Test
  void aGameThatWasNotLookedForOrMovedOrWasCalledOffHasNotVanished() {
    assertThat(notes(new Listing(List.of(), Set.of(DAY.plusDays(1)), List.of()), game(1, "FUT")))
        .isEmpty();
    Item moved = Games.of(1, DAY.plusDays(2), 2, "FUT", "BUF", "NJD");
    assertThat(notes(listing(moved), game(1, "FUT"))).isEmpty();
    assertThat(notes(listing(), game(1, "CNCL"))).isEmpty();
  }

  /** Games of a series that ended early, by how the schedule goes on about them. */
  @ParameterizedTest
  @ValueSource(strings = {"FUT", "PRE", "PPD", "TBD", ""})
  void aGameThatNeverHappensIsVoidWhenItsDayIsLongOver(String listedAs) {
    LedgerEntry entry = expected(game(1, listedAs.isEmpty() ? "FUT" : listedAs));
    Listing listing =
        listedAs.isEmpty() ? listing(game(2, "OFF")) : listing(entry.getItem(), game(2, "OFF"));
    Map<String, LedgerEntry> known = Map.of("1", entry, "2", expected(game(2, "OFF")));
    assertThat(FetchPlan.of(known, listing, on("2024-10-22"), NOW).listed())
        .as("it may still be made up for")
        .isEmpty();

    FetchPlan plan = FetchPlan.of(known, listing, on("2024-10-23"), NOW);
    LedgerEntry gone = plan.listed().get(0);
    assertThat(plan.listed()).hasSize(1);
    assertThat(gone.getStatus()).isEqualTo(ItemStatus.VOID);
    assertThat(gone.getReason())
        .isEqualTo(
            listedAs.isEmpty()
                ? "listed for 2024-10-08, and no longer listed, not begun after 14 days"
                : "listed for 2024-10-08, and not begun after 14 days");
    assertThat(plan.voids())
        .singleElement()
        .asString()
        .startsWith("1  2024-10-08  NJD@BUF counts as void: listed for 2024-10-08");

    Map<String, LedgerEntry> after = Map.of("1", gone, "2", expected(game(2, "OFF")));
    assertThat(FetchPlan.of(after, listing, on("2024-10-30"), NOW).listed())
        .as("it stays so, and is not recorded again")
        .isEmpty();
    Known held = new Known(Map.of("1", gone), Optional.of(new ListedDays(DAY, DAY, NOW)));
    assertThat(Calendar.firstDayToList(held, on("2024-10-30"), NOW))
        .as("nobody looks where it went")
        .isAfter(DAY);
  }

  @Test
  void aVoidGameThatIsPlayedAfterAllIsNew() {
    LedgerEntry gone =
        FetchPlan.of(Map.of(), listing(game(1, "FUT")), on("2024-11-30"), NOW).listed().get(0);
    assertThat(gone.getStatus()).isEqualTo(ItemStatus.VOID);
    Item later = Games.of(1, LocalDate.parse("2024-12-02"), 2, "FUT", "BUF", "NJD");
    LedgerEntry again = plan(gone, on("2024-12-01"), NOW, later).listed().get(0);
    assertThat(again.getStatus()).isEqualTo(ItemStatus.EXPECTED);
    assertThat(again.getReason()).isNull();
    assertThat(plan(gone, on("2024-12-01"), NOW, game(1, "OFF")).due())
        .singleElement()
        .extracting("reason")
        .isEqualTo(Reason.NEW);
  }

  @Test
  void whatHasBegunOrEndedOrWasNotListedIsNotVoidHoweverOld() {
    for (String state : List.of("LIVE", "OVER", "OFF")) {
      assertThat(plan(expected(game(1, state)), on("2025-10-08"), NOW, game(1, state)).listed())
          .isEmpty();
    }
    Listing others = new Listing(List.of(), Set.of(DAY.plusDays(1)), List.of());
    assertThat(
            FetchPlan.of(Map.of("1", expected(game(1, "FUT"))), others, on("2025-10-08"), NOW)
                .listed())
        .isEmpty();
  }

  @Test
  void whatWasOddAboutTheListingIsNotedFirst() {
    Listing listing = new Listing(List.of(), Set.of(DAY), List.of(), List.of("odd"));
    assertThat(notes(listing, game(1, "FUT"))).hasSize(2).first().isEqualTo("odd");
  }
}
