package io.landfall.producer.fetch;

import io.landfall.producer.ledger.Known;
import io.landfall.schemas.ListedDays;
import java.util.List;
import java.util.Optional;

/** Where answers and what is known of them are kept. */
public interface Archive {

  /** What is known now. */
  Known known();

  /**
   * Keeps all of this or nothing of it.
   *
   * @param days which days are listed, if that is to be kept too
   */
  void publish(List<Fetched> games, Optional<ListedDays> days);
}
