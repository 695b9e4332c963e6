package io.landfall.producer.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.producer.ledger.Entries;
import io.landfall.producer.ledger.Known;
import io.landfall.producer.nhl.NhlConnector;
import io.landfall.producer.nhl.stats.Games;
import io.landfall.producer.source.FetchOutcome;
import io.landfall.schemas.ItemStatus;
import io.landfall.schemas.LedgerEntry;
import io.landfall.schemas.ListedDays;
import io.landfall.schemas.Refusal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LedgerLinesTest {

  private static LedgerEntry game(int id, String day, String state) {
    return Entries.listed(Games.of(id, LocalDate.parse(day), 2, state, "BUF", "NJD"));
  }

  @Test
  void everyGameThatIsNotHeldIsNamed() {
    Map<String, LedgerEntry> games = new HashMap<>();
    games.put("1", game(1, "2024-10-08", "OFF"));
    games.put("2", game(2, "2024-10-09", "PPD"));
    games.put("3", game(3, "2024-10-10", "FUT"));
    games.put(
        "4",
        Entries.after(
            game(4, "2024-10-08", "OFF"),
            new FetchOutcome.Rejected("status 404"),
            Instant.parse("2024-10-10T13:00:00Z")));
    ListedDays days =
        new ListedDays(LocalDate.parse("2024-10-02"), LocalDate.parse("2024-10-09"), null);
    assertThat(new LedgerLines(new NhlConnector()).of(new Known(games, Optional.of(days))))
        .containsExactly(
            "4 games in the ledger",
            "  expected        3",
            "  failed          1",
            "Days listed through 2024-10-09, from 2024-10-02 on; the next run goes on from there",
            "No game before 2024-10-02 has been listed, unless a run was asked for it. The next run without --from and --to gets them, from 2023-10-01 on",
            "Oldest waiting: 1  2024-10-08  NJD@BUF, since 2024-10-09T04:00:00Z: expected, not asked for yet",
            "Finished and not asked for yet: 1, from 2024-10-08 to 2024-10-08; the next run does it",
            "2  2024-10-09  NJD@BUF  expected: gameState PPD, gameType 2 when last listed; every run looks where it went",
            "4  2024-10-08  NJD@BUF  failed, attempt 1, next 2024-10-10T13:00:00Z: status 404");
  }

  @Test
  void theOldestThatWaitsIsTheOneThatFailedFirst() {
    Instant first = Instant.parse("2024-10-10T13:00:00Z");
    FetchOutcome missing = new FetchOutcome.Rejected("status 404");
    LedgerEntry later = Entries.after(game(4, "2024-10-08", "OFF"), missing, first.plusSeconds(9));
    LedgerEntry older = game(5, "2024-10-09", "OFF");
    for (int attempt = 0; attempt < 3; attempt++) {
      older = Entries.after(older, missing, first.plusSeconds(3600L * attempt));
    }
    assertThat(
            new LedgerLines(new NhlConnector())
                .of(new Known(Map.of("4", later, "5", older), Optional.empty())))
        .contains(
            "Oldest waiting: 5  2024-10-09  NJD@BUF, since 2024-10-10T13:00:00Z: failed, status 404");
    LedgerEntry held =
        Entries.after(
            older, new FetchOutcome.Unchanged(FetchOutcome.Missing.NOTHING), first.plusSeconds(1));
    assertThat(Oldest.of(new Known(Map.of("5", held), Optional.empty()), ZoneOffset.UTC)).isEmpty();
  }

  @Test
  void beforeTheFirstRunNoDayIsListed() {
    assertThat(new LedgerLines(new NhlConnector()).of(new Known(Map.of(), Optional.empty())))
        .containsExactly("0 games in the ledger", "No day was listed yet");
  }

  @Test
  void whatSettledIsNamedWithItsRemarkAndWhatIsNotInForceWithItsReason() {
    Instant at = Instant.parse("2024-10-10T13:00:00Z");
    LedgerEntry settled =
        LedgerEntry.newBuilder(game(5, "2024-10-08", "OFF"))
            .setStatus(ItemStatus.SETTLED)
            .setRemark("boxscore: disagrees")
            .setChangedAt(at)
            .setNotInForce(Map.of("shiftcharts", new Refusal("", at, "no longer served: empty")))
            .build();
    assertThat(
            new LedgerLines(new NhlConnector())
                .of(new Known(Map.of("5", settled), Optional.empty())))
        .contains(
            "  settled         1",
            "5  2024-10-08  NJD@BUF  settled, the same since 2024-10-10T13:00:00Z: boxscore: disagrees",
            "5  2024-10-08  NJD@BUF  not in force, shiftcharts of 2024-10-10T13:00:00Z: no longer served: empty");
  }

  @Test
  void whatIsInProgressAndWhatWillNeverHappenIsNamed() {
    Instant at = Instant.parse("2024-10-10T23:00:00Z");
    LedgerEntry live =
        LedgerEntry.newBuilder(game(6, "2024-10-10", "LIVE"))
            .setHeld(Map.of("play-by-play", "ab"))
            .setFetchedAt(at)
            .build();
    LedgerEntry gone =
        LedgerEntry.newBuilder(game(7, "2024-05-01", "FUT"))
            .setStatus(ItemStatus.VOID)
            .setReason("listed for 2024-05-01, and not begun after 14 days")
            .build();
    assertThat(
            new LedgerLines(new NhlConnector())
                .of(new Known(Map.of("6", live, "7", gone), Optional.empty())))
        .contains(
            "6  2024-10-10  NJD@BUF  in progress, provisional as of 2024-10-10T23:00:00Z: gameState LIVE, gameType 2",
            "7  2024-05-01  NJD@BUF  void: listed for 2024-05-01, and not begun after 14 days");
  }
}
