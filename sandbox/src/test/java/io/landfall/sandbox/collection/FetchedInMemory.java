package io.landfall.sandbox.collection;

import io.landfall.producer.ledger.Known;
import io.landfall.producer.ledger.Ledger;
import io.landfall.producer.ledger.Update;
import io.landfall.schemas.AnswerNotInForce;
import io.landfall.schemas.ApiAnswer;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.LedgerEntry;
import io.landfall.schemas.ListedDays;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A ledger and its archive, which dies on demand before it keeps anything of a transaction. */
final class FetchedInMemory implements Ledger {

  /** A process that is killed. */
  static final class Killed extends RuntimeException {
    Killed() {
      super("killed");
    }
  }

  /** The archive, all parts of all looks in their order. */
  final List<ItemAnswers> archive = new ArrayList<>();

  private final Map<String, LedgerEntry> entries = new ConcurrentHashMap<>();
  private final Map<String, List<ItemAnswers>> latest = new ConcurrentHashMap<>();
  private Optional<ListedDays> days = Optional.empty();
  private int transactions = Integer.MAX_VALUE;

  /** After so many more transactions, the next one dies. */
  void dieAfter(int more) {
    transactions = more;
  }

  @Override
  public Known known() {
    return new Known(entries, days);
  }

  @Override
  public Optional<LedgerEntry> entry(String key) {
    return Optional.ofNullable(entries.get(key));
  }

  @Override
  public Optional<ItemAnswers> answers(LedgerEntry entry) {
    return Optional.ofNullable(latest.get(entry.getItem().getKey())).map(FetchedInMemory::whole);
  }

  private static ItemAnswers whole(List<ItemAnswers> parts) {
    List<ApiAnswer> answers = new ArrayList<>();
    List<AnswerNotInForce> notInForce = new ArrayList<>();
    for (ItemAnswers part : parts) {
      answers.addAll(part.getAnswers());
      notInForce.addAll(part.getNotInForce());
    }
    return ItemAnswers.newBuilder(parts.get(0))
        .setAnswers(answers)
        .setNotInForce(notInForce)
        .setPart(1)
        .setParts(1)
        .build();
  }

  @Override
  public boolean mayHaveAnswers(LedgerEntry entry) {
    return latest.containsKey(entry.getItem().getKey());
  }

  @Override
  public void record(List<Update> batch, Optional<ListedDays> listed) {
    if (transactions-- == 0) {
      throw new Killed();
    }
    for (Update one : batch) {
      entries.put(one.key(), one.entry());
      if (!one.answers().isEmpty()) {
        latest.put(one.key(), one.answers());
        archive.addAll(one.answers());
      }
    }
    days = listed.or(() -> days);
  }
}
