package io.landfall.producer.overview;

import io.landfall.producer.ledger.Status;
import io.landfall.schemas.ItemState;
import io.landfall.schemas.LedgerEntry;
import java.util.Collection;
import java.util.Comparator;

/** Where an item stands, or a day with its items, at a glance; the worst comes first. */
public enum Mark {
  FAILED('!', "failed"),
  WAITING('?', "waiting"),
  PENDING('o', "not there to fetch yet"),
  SETTLED('+', "with settled"),
  COMPLETE('#', "complete or void"),
  NOTHING('.', "nothing listed"),
  NOT_LISTED('-', "not listed");

  private final char sign;
  private final String meaning;

  Mark(char sign, String meaning) {
    this.sign = sign;
    this.meaning = meaning;
  }

  /** One character, for where there is no colour. */
  public char sign() {
    return sign;
  }

  /** For a legend. */
  public String meaning() {
    return meaning;
  }

  /** That of an item. */
  public static Mark of(LedgerEntry entry) {
    return Status.of(entry)
        .match(
            expected -> entry.getItem().getState() == ItemState.AVAILABLE ? WAITING : PENDING,
            fetched -> COMPLETE,
            incomplete -> WAITING,
            settled -> SETTLED,
            failed -> FAILED,
            cancelled -> COMPLETE);
  }

  /**
   * That of a day: its worst item's.
   *
   * @param isListed whether the source was asked what the day has
   */
  public static Mark of(Collection<LedgerEntry> items, boolean isListed) {
    return items.stream()
        .map(Mark::of)
        .min(Comparator.naturalOrder())
        .orElse(isListed ? NOTHING : NOT_LISTED);
  }
}
