package io.landfall.producer.fetch;

import io.landfall.producer.ledger.Known;
import io.landfall.producer.ledger.Ledger;
import io.landfall.producer.ledger.Update;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.LedgerEntry;
import io.landfall.schemas.ListedDays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps what is recorded, and dies on demand before it keeps anything. */
final class MemoryLedger implements Ledger {

  /** A process that is killed. */
  static final class Killed extends RuntimeException {
    Killed() {
      super("killed");
    }
  }

  private final Map<String, LedgerEntry> entries = new HashMap<>();
  private final Map<String, ItemAnswers> archive = new HashMap<>();
  private Optional<ListedDays> days = Optional.empty();
  private int records = Integer.MAX_VALUE;
  int answers;

  /** After so many more records, the next one dies. */
  void dieAfter(int more) {
    records = more;
  }

  @Override
  public Known known() {
    return new Known(entries, days);
  }

  @Override
  public Optional<ItemAnswers> answers(LedgerEntry entry) {
    return Optional.ofNullable(archive.get(entry.getItem().getKey()));
  }

  @Override
  public boolean mayHaveAnswers(LedgerEntry entry) {
    return archive.containsKey(entry.getItem().getKey());
  }

  @Override
  public void record(List<Update> batch, Optional<ListedDays> listed) {
    if (records-- == 0) {
      throw new Killed();
    }
    batch.forEach(one -> entries.put(one.key(), one.entry()));
    batch.forEach(one -> one.answers().forEach(found -> archive.put(one.key(), found)));
    answers += (int) batch.stream().filter(one -> !one.answers().isEmpty()).count();
    days = listed.or(() -> days);
  }
}
