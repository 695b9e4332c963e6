package io.landfall.sandbox.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.schemas.GameStatus;
import io.landfall.schemas.LedgerEntry;
import io.landfall.schemas.ListedDays;
import java.time.LocalDate;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Every finished game of the whole schedule is in bronze, or is listed as waiting, with its reason,
 * or lies outside the days that the producer says it has listed; and every committed row of the
 * landing topic is in bronze.
 */
public final class NothingLost implements Guarantee {

  @Override
  public void verify(Observed observed) {
    Set<Integer> inBronze =
        observed.bronze().stream().map(BronzeRow::gameId).collect(Collectors.toSet());
    assertThat(observed.finishedGames()).as("finished games").isNotEmpty();
    observed
        .finishedGames()
        .forEach(
            (gameId, day) -> {
              LedgerEntry entry = observed.ledger().get(gameId);
              if (entry == null) {
                assertThat(observed.listed())
                    .as("game %d of %s has no ledger entry, so its day was not listed", gameId, day)
                    .hasValueSatisfying(days -> assertThat(isListed(days, day)).isFalse());
              } else if (!inBronze.contains(gameId)) {
                assertThat(entry.getStatus())
                    .as("game %d is not in bronze", gameId)
                    .isIn(GameStatus.INCOMPLETE, GameStatus.FAILED);
                assertThat(entry.getReason()).as("why game %d waits", gameId).isNotBlank();
              }
            });
    assertThat(
            observed.bronze().stream()
                .map(row -> row.partition() + "@" + row.offset() + " " + row.contentHash()))
        .as("rows in bronze against committed records of the landing topic")
        .containsAll(
            observed.landing().stream()
                .map(row -> row.partition() + "@" + row.offset() + " " + row.contentHash())
                .toList());
  }

  private static boolean isListed(ListedDays days, LocalDate day) {
    return !day.isBefore(days.getFrom()) && !day.isAfter(days.getThrough());
  }
}
