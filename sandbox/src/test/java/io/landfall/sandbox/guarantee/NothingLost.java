package io.landfall.sandbox.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.schemas.ItemStatus;
import io.landfall.schemas.LedgerEntry;
import io.landfall.schemas.ListedDays;
import java.time.LocalDate;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Every finished item of all that the API lists is in bronze, or is listed as waiting, with its
 * reason, or lies outside the days that the producer says it has listed; and every committed row of
 * the landing topic is in bronze.
 */
public final class NothingLost implements Guarantee {

  @Override
  public void verify(Observed observed) {
    Set<String> inBronze =
        observed.bronze().stream().map(BronzeRow::item).collect(Collectors.toSet());
    assertThat(observed.finished()).as("finished items").isNotEmpty();
    observed
        .finished()
        .forEach(
            (item, day) -> {
              LedgerEntry entry = observed.ledger().get(item);
              if (entry == null) {
                assertThat(observed.listed())
                    .as("%s of %s has no ledger entry, so its day was not listed", item, day)
                    .hasValueSatisfying(days -> assertThat(isListed(days, day)).isFalse());
              } else if (!inBronze.contains(item)) {
                assertThat(entry.getStatus())
                    .as("%s is not in bronze", item)
                    .isIn(ItemStatus.INCOMPLETE, ItemStatus.FAILED);
                assertThat(entry.getReason()).as("why %s waits", item).isNotBlank();
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
