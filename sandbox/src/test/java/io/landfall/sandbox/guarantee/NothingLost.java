package io.landfall.sandbox.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.schemas.ItemStatus;
import io.landfall.schemas.LedgerEntry;
import io.landfall.schemas.ListedDays;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every finished item of all that the API lists is in bronze, or is listed as waiting, with its
 * reason, or lies outside the days that the producer says it has listed; where the API has records
 * and not items with rows of their own, the rows in force are these records. And every committed
 * row of the landing topic is in bronze.
 */
public final class NothingLost implements Guarantee {

  private static final Set<ItemStatus> DONE =
      Set.of(ItemStatus.FETCHED, ItemStatus.SETTLED, ItemStatus.VOID);

  @Override
  public void verify(Observed observed) {
    if (observed.expected() instanceof Expected.Items items) {
      verify(items, observed);
    } else if (observed.expected() instanceof Expected.Records records) {
      verify(records, observed);
    }
    assertThat(
            observed.bronze().stream()
                .map(row -> row.partition() + "@" + row.offset() + " " + row.contentHash()))
        .as("rows in bronze against committed records of the landing topic")
        .containsAll(
            observed.landing().stream()
                .map(row -> row.partition() + "@" + row.offset() + " " + row.contentHash())
                .toList());
  }

  private static void verify(Expected.Items items, Observed observed) {
    Set<String> inBronze =
        observed.bronze().stream().map(BronzeRow::item).collect(Collectors.toSet());
    assertThat(items.finished()).as("finished items").isNotEmpty();
    items
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
  }

  private static void verify(Expected.Records records, Observed observed) {
    assertThat(records.records()).as("records of the API").isNotEmpty();
    Map<String, BronzeRow> latest =
        observed.bronze().stream()
            .collect(
                Collectors.toMap(
                    BronzeRow::key,
                    Function.identity(),
                    BinaryOperator.maxBy(Comparator.comparingInt(BronzeRow::revision))));
    Map<String, String> inForce = new TreeMap<>();
    latest.values().stream()
        .filter(row -> !row.isRetraction())
        .forEach(row -> inForce.put(row.key(), row.says()));
    assertThat(inForce)
        .as("rows in force against the records of the API")
        .isEqualTo(new TreeMap<>(records.records()));
    assertThat(observed.ledger().values())
        .as("items that are neither done nor say why they are not")
        .filteredOn(entry -> !DONE.contains(entry.getStatus()) && entry.getReason() == null)
        .isEmpty();
  }

  private static boolean isListed(ListedDays days, LocalDate day) {
    return !day.isBefore(days.getFrom()) && !day.isAfter(days.getThrough());
  }
}
