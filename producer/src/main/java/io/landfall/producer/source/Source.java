package io.landfall.producer.source;

import io.landfall.program.Progress;
import io.landfall.schemas.LedgerEntry;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/** An API that lists games and answers for each of them. */
public interface Source {

  /**
   * What the API lists for the days from the first to the last, both included.
   *
   * @param progress is told how far it has come
   */
  Listing list(LocalDate first, LocalDate last, Progress progress) throws InterruptedException;

  /**
   * Asks for one game.
   *
   * @param held for each endpoint in the archive, the SHA-256 of its latest body, as in {@link
   *     LedgerEntry}
   */
  FetchOutcome fetch(Game game, Map<String, String> held) throws InterruptedException;

  /** Why the API counts as unreachable from now on and is asked nothing more; empty while not. */
  Optional<String> unreachable();

  /** Requests sent so far, retries included. */
  long requests();
}
