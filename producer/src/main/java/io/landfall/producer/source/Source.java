package io.landfall.producer.source;

import io.landfall.cli.Progress;
import io.landfall.schemas.Item;
import java.time.LocalDate;
import java.util.Optional;

/** An API that lists items and answers for each of them. Safe for use by several threads. */
public interface Source {

  /**
   * What the API lists for the days from the first to the last, both included.
   *
   * @param progress is told how far it has come
   */
  Listing list(LocalDate first, LocalDate last, Progress progress) throws InterruptedException;

  /** Asks for one item. */
  FetchOutcome fetch(Item item, Held held) throws InterruptedException;

  /** Why the API counts as unreachable from now on and is asked nothing more; empty while not. */
  Optional<String> unreachable();

  /** Requests sent so far, retries included. */
  long requests();
}
