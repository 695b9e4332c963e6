package io.landfall.sandbox.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.schemas.GameStatus;
import io.landfall.schemas.LedgerEntry;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Every finished game that the schedule lists is in bronze, or is listed as waiting, with its
 * reason; and every committed row of the landing topic is in bronze.
 */
public final class NothingLost implements Guarantee {

  @Override
  public void verify(Observed observed) {
    Set<Integer> inBronze =
        observed.bronze().stream().map(BronzeRow::gameId).collect(Collectors.toSet());
    assertThat(observed.finishedGames())
        .as("finished games")
        .isNotEmpty()
        .allSatisfy(
            gameId -> {
              LedgerEntry entry = observed.ledger().get(gameId);
              assertThat(entry).as("ledger entry of game %d", gameId).isNotNull();
              if (!inBronze.contains(gameId)) {
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
}
