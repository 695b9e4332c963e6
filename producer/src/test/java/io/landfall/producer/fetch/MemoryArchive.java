package io.landfall.producer.fetch;

import io.landfall.producer.ledger.Known;
import io.landfall.schemas.LedgerEntry;
import io.landfall.schemas.ListedDays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps what is published, and dies on demand before it keeps anything. */
final class MemoryArchive implements Archive {

  /** A process that is killed. */
  static final class Killed extends RuntimeException {
    Killed() {
      super("killed");
    }
  }

  private final Map<Integer, LedgerEntry> games = new HashMap<>();
  private Optional<ListedDays> days = Optional.empty();
  private int publishes = Integer.MAX_VALUE;
  int answers;

  /** After so many more publishes, the next one dies. */
  void dieAfter(int more) {
    publishes = more;
  }

  @Override
  public Known known() {
    return new Known(games, days);
  }

  @Override
  public void publish(List<Fetched> batch, Optional<ListedDays> listed) {
    if (publishes-- == 0) {
      throw new Killed();
    }
    batch.forEach(one -> games.put(one.entry().getGameId(), one.entry()));
    answers += (int) batch.stream().filter(one -> one.responses().isPresent()).count();
    days = listed.or(() -> days);
  }
}
