package io.landfall.producer.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.producer.fetch.Listed;
import io.landfall.producer.ledger.Entries;
import io.landfall.producer.ledger.FetchPlan;
import io.landfall.producer.ledger.FetchPlan.Window;
import io.landfall.producer.nhl.NhlConnector;
import io.landfall.producer.nhl.stats.Games;
import io.landfall.producer.source.FetchOutcome;
import io.landfall.producer.source.Listing;
import io.landfall.schemas.Item;
import io.landfall.schemas.LedgerEntry;
import io.landfall.schemas.ListedDays;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanLinesTest {

  private static final LocalDate DAY = LocalDate.parse("2024-10-08");
  private static final Instant NOW = Instant.parse("2024-10-10T13:00:00Z");

  private static Item game(int id) {
    return Games.of(id, DAY, 2, "OFF", "BUF", "NJD");
  }

  private static Listed listed() {
    LedgerEntry failed =
        Entries.after(
            Entries.listed(game(2)), new FetchOutcome.Rejected("status 404"), NOW.minusSeconds(60));
    Window window =
        new Window(Optional.empty(), Optional.empty(), 0, DAY.plusDays(2), DAY, Duration.ofDays(7));
    Listing listing =
        new Listing(List.of(game(1), game(2)), Set.of(DAY), List.of("week 2024-10-09: status 503"));
    return new Listed(
        window,
        DAY,
        listing,
        FetchPlan.of(Map.of("2", failed), listing, window, NOW),
        new ListedDays(DAY, DAY, null),
        true);
  }

  @Test
  void whatTheNextRunDoesIsToldWithItsReasonsAndItsCost() {
    assertThat(new PlanLines(new NhlConnector(), Optional.of(2.5)).of(listed()))
        .containsExactly(
            "listing: week 2024-10-09: status 503",
            "Listed 2024-10-08 to 2024-10-10, all there is: 2 games",
            "  new             1  2024-10-08 to 2024-10-08: there to fetch, and never fetched",
            "  retry           1  2024-10-08 to 2024-10-08: not complete, or failed, and the pause is over",
            "      2  2024-10-08  NJD@BUF, attempt 2: status 404",
            "2 games due: about 6 requests, 2 s at 2.5 a second to one host");
  }

  @Test
  void whereNothingLimitsTheRequestsNoTimeIsGuessed() {
    assertThat(new PlanLines(new NhlConnector(), Optional.empty()).of(listed()))
        .endsWith("2 games due: about 6 requests");
  }
}
