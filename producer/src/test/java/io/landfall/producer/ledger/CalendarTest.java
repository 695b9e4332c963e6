package io.landfall.producer.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.producer.ledger.FetchPlan.Window;
import io.landfall.producer.nhl.stats.Games;
import io.landfall.schemas.ItemStatus;
import io.landfall.schemas.LedgerEntry;
import io.landfall.schemas.ListedDays;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CalendarTest {

  private static final LocalDate TODAY = LocalDate.parse("2024-10-30");
  private static final LocalDate HISTORY = LocalDate.parse("2024-09-20");
  private static final Instant NOW = Instant.parse("2024-10-30T13:00:00Z");
  private static final Instant SWEPT = NOW.minus(Duration.ofDays(2));
  private static final Known NOTHING = new Known(Map.of(), Optional.empty());
  private static final Known UNTIL_THE_EIGHTH =
      new Known(Map.of(), Optional.of(days("2024-10-01", "2024-10-08")));

  private static ListedDays days(String from, String through) {
    return new ListedDays(LocalDate.parse(from), LocalDate.parse(through), SWEPT);
  }

  private static ListedDays neverSwept(String from, String through) {
    return new ListedDays(LocalDate.parse(from), LocalDate.parse(through), null);
  }

  private static Window window() {
    return on(TODAY);
  }

  private static Window on(LocalDate today) {
    return new Window(Optional.empty(), Optional.empty(), 7, today, HISTORY, Duration.ofDays(7));
  }

  private static Window window(String from, String to) {
    return new Window(
        Optional.of(LocalDate.parse(from)),
        Optional.of(LocalDate.parse(to)),
        7,
        TODAY,
        HISTORY,
        Duration.ofDays(7));
  }

  private static LocalDate firstDayToList(Known known, Window window) {
    return Calendar.firstDayToList(known, window, NOW);
  }

  private static ListedDays after(Known known, Window window, Set<LocalDate> listed) {
    return Calendar.after(known, window, listed, NOW);
  }

  private static Set<LocalDate> all(String first, String last) {
    return LocalDate.parse(first)
        .datesUntil(LocalDate.parse(last).plusDays(1))
        .collect(Collectors.toSet());
  }

  @Test
  void anOutageLongerThanTheLookbackLeavesNoHole() {
    assertThat(firstDayToList(UNTIL_THE_EIGHTH, window())).isEqualTo("2024-10-09");
    assertThat(after(UNTIL_THE_EIGHTH, window(), all("2024-10-09", "2024-10-30")))
        .isEqualTo(days("2024-10-01", "2024-10-29"));
  }

  @Test
  void theLookbackIsListedEvenIfItsDaysAreKnown() {
    Known known = new Known(Map.of(), Optional.of(days("2024-10-01", "2024-10-29")));
    assertThat(firstDayToList(known, window())).isEqualTo("2024-10-23");
  }

  @Test
  void todayIsNotOverAndNeitherIsTomorrow() {
    Window future = window("2024-10-01", "2024-11-30");
    assertThat(after(NOTHING, future, all("2024-10-01", "2024-11-30")))
        .isEqualTo(neverSwept("2024-10-01", "2024-10-29"));
    Window onlyFuture = window("2024-11-10", "2024-11-30");
    assertThat(after(NOTHING, onlyFuture, all("2024-11-10", "2024-11-30")))
        .isEqualTo(neverSwept("2024-10-30", "2024-10-29"));
  }

  @Test
  void daysAfterAGapAreNotCounted() {
    assertThat(
            after(
                UNTIL_THE_EIGHTH,
                window("2024-10-20", "2024-10-29"),
                all("2024-10-20", "2024-10-29")))
        .isEqualTo(days("2024-10-01", "2024-10-08"));
  }

  @Test
  void earlierDaysCountIfTheyJoin() {
    Window season = window("2024-09-01", "2024-09-30");
    assertThat(after(UNTIL_THE_EIGHTH, season, all("2024-09-01", "2024-09-30")))
        .isEqualTo(days("2024-09-01", "2024-10-08"));
    assertThat(after(UNTIL_THE_EIGHTH, season, all("2024-09-01", "2024-09-29")))
        .isEqualTo(days("2024-10-01", "2024-10-08"));
  }

  @Test
  void aFirstListingThatFailedIsWhereTheNextRunBegins() {
    ListedDays begun = after(NOTHING, window(), Set.of());
    assertThat(begun).isEqualTo(new ListedDays(HISTORY, HISTORY.minusDays(1), null));
    assertThat(firstDayToList(new Known(Map.of(), Optional.of(begun)), on(TODAY.plusDays(60))))
        .isEqualTo(HISTORY);
  }

  @Test
  void aLedgerOfAnOlderProgramIsListedFromItsFirstGame() {
    LedgerEntry held =
        Entries.listed(Games.of(1, LocalDate.parse("2024-10-04"), 2, "OFF", "BUF", "NJD"));
    LedgerEntry fetched = LedgerEntry.newBuilder(held).setStatus(ItemStatus.FETCHED).build();
    Known older = new Known(Map.of("1", fetched), Optional.empty());
    assertThat(firstDayToList(older, window())).isEqualTo(HISTORY);
    assertThat(after(older, window("2024-10-20", "2024-10-22"), all("2024-10-20", "2024-10-22")))
        .isEqualTo(neverSwept("2024-10-04", "2024-10-03"));
  }

  @Test
  void whoeverNamesTheFirstDayIsNotGivenOthers() {
    assertThat(firstDayToList(UNTIL_THE_EIGHTH, window("2024-10-20", "2024-10-22")))
        .isEqualTo("2024-10-20");
  }

  @Test
  void theFirstRunListsTheWholeHistory() {
    assertThat(firstDayToList(NOTHING, window())).isEqualTo(HISTORY);
    assertThat(after(NOTHING, window(), all("2024-09-20", "2024-10-30")))
        .isEqualTo(new ListedDays(HISTORY, TODAY.minusDays(1), NOW));
  }

  @Test
  void allDaysAreListedOnceMoreWhenTheLastTimeIsAWeekAgo() {
    Known known = new Known(Map.of(), Optional.of(days("2024-09-20", "2024-10-29")));
    assertThat(firstDayToList(known, window())).isEqualTo("2024-10-23");
    Instant later = SWEPT.plus(Duration.ofDays(7)).plusSeconds(1);
    assertThat(Calendar.firstDayToList(known, window(), later)).isEqualTo(HISTORY);
    assertThat(Calendar.after(known, window(), all("2024-09-20", "2024-10-30"), later).getSweptAt())
        .isEqualTo(later);
    assertThat(Calendar.after(known, window(), all("2024-09-21", "2024-10-30"), later).getSweptAt())
        .as("one day could not be listed")
        .isEqualTo(SWEPT);
  }

  @Test
  void whoeverNamesADayIsGivenNoSweep() {
    Known known = new Known(Map.of(), Optional.of(new ListedDays(HISTORY, TODAY, null)));
    assertThat(firstDayToList(known, window("2024-10-20", "2024-10-22"))).isEqualTo("2024-10-20");
    assertThat(after(known, window("2024-09-20", "2024-10-30"), all("2024-09-20", "2024-10-30")))
        .satisfies(days -> assertThat(days.getSweptAt()).isNull());
  }
}
