package io.landfall.producer.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.producer.ledger.FetchPlan.Window;
import io.landfall.producer.nhl.stats.NhlItem;
import io.landfall.schemas.ItemStatus;
import io.landfall.schemas.LedgerEntry;
import io.landfall.schemas.ListedDays;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CalendarTest {

  private static final LocalDate TODAY = LocalDate.parse("2024-10-30");
  private static final Known NOTHING = new Known(Map.of(), Optional.empty());
  private static final Known UNTIL_THE_EIGHTH =
      new Known(Map.of(), Optional.of(days("2024-10-01", "2024-10-08")));

  private static ListedDays days(String from, String through) {
    return new ListedDays(LocalDate.parse(from), LocalDate.parse(through));
  }

  private static Window window() {
    return new Window(Optional.empty(), Optional.empty(), 7, TODAY);
  }

  private static Window window(String from, String to) {
    return new Window(
        Optional.of(LocalDate.parse(from)), Optional.of(LocalDate.parse(to)), 7, TODAY);
  }

  private static Set<LocalDate> all(String first, String last) {
    return LocalDate.parse(first)
        .datesUntil(LocalDate.parse(last).plusDays(1))
        .collect(Collectors.toSet());
  }

  @Test
  void anOutageLongerThanTheLookbackLeavesNoHole() {
    assertThat(Calendar.firstDayToList(UNTIL_THE_EIGHTH, window())).isEqualTo("2024-10-09");
    assertThat(Calendar.after(UNTIL_THE_EIGHTH, window(), all("2024-10-09", "2024-10-30")))
        .isEqualTo(days("2024-10-01", "2024-10-29"));
  }

  @Test
  void theLookbackIsListedEvenIfItsDaysAreKnown() {
    Known known = new Known(Map.of(), Optional.of(days("2024-10-01", "2024-10-29")));
    assertThat(Calendar.firstDayToList(known, window())).isEqualTo("2024-10-23");
  }

  @Test
  void todayIsNotOverAndNeitherIsTomorrow() {
    Window future = window("2024-10-01", "2024-11-30");
    assertThat(Calendar.after(NOTHING, future, all("2024-10-01", "2024-11-30")))
        .isEqualTo(days("2024-10-01", "2024-10-29"));
    Window onlyFuture = window("2024-11-10", "2024-11-30");
    assertThat(Calendar.after(NOTHING, onlyFuture, all("2024-11-10", "2024-11-30")))
        .isEqualTo(days("2024-10-30", "2024-10-29"));
  }

  @Test
  void daysAfterAGapAreNotCounted() {
    assertThat(
            Calendar.after(
                UNTIL_THE_EIGHTH,
                window("2024-10-20", "2024-10-29"),
                all("2024-10-20", "2024-10-29")))
        .isEqualTo(days("2024-10-01", "2024-10-08"));
  }

  @Test
  void earlierDaysCountIfTheyJoin() {
    Window season = window("2024-09-01", "2024-09-30");
    assertThat(Calendar.after(UNTIL_THE_EIGHTH, season, all("2024-09-01", "2024-09-30")))
        .isEqualTo(days("2024-09-01", "2024-10-08"));
    assertThat(Calendar.after(UNTIL_THE_EIGHTH, season, all("2024-09-01", "2024-09-29")))
        .isEqualTo(days("2024-10-01", "2024-10-08"));
  }

  @Test
  void aFirstListingThatFailedIsWhereTheNextRunBegins() {
    ListedDays begun = Calendar.after(NOTHING, window(), Set.of());
    assertThat(begun).isEqualTo(days("2024-10-23", "2024-10-22"));
    Window later = new Window(Optional.empty(), Optional.empty(), 7, TODAY.plusDays(60));
    assertThat(Calendar.firstDayToList(new Known(Map.of(), Optional.of(begun)), later))
        .isEqualTo("2024-10-23");
  }

  @Test
  void aLedgerOfAnOlderProgramIsListedFromItsFirstGame() {
    LedgerEntry held =
        Entries.listed(
            NhlItem.of(1, LocalDate.parse("2024-10-04"), 2, "OFF", "BUF", "NJD"), Optional.empty());
    LedgerEntry fetched = LedgerEntry.newBuilder(held).setStatus(ItemStatus.FETCHED).build();
    Known older = new Known(Map.of("1", fetched), Optional.empty());
    assertThat(Calendar.firstDayToList(older, window())).isEqualTo("2024-10-04");
    assertThat(
            Calendar.after(
                older, window("2024-10-20", "2024-10-22"), all("2024-10-20", "2024-10-22")))
        .isEqualTo(days("2024-10-04", "2024-10-03"));
  }

  @Test
  void whoeverNamesTheFirstDayIsNotGivenOthers() {
    assertThat(Calendar.firstDayToList(UNTIL_THE_EIGHTH, window("2024-10-20", "2024-10-22")))
        .isEqualTo("2024-10-20");
  }
}
