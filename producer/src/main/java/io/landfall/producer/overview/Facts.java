package io.landfall.producer.overview;

import io.landfall.cli.kafka.OpenTransaction;
import io.landfall.producer.deadletter.Standing;
import io.landfall.producer.ledger.Known;
import io.landfall.schemas.PastRun;
import io.landfall.schemas.Run;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was found, before anybody judges it.
 *
 * @param at when
 * @param isBegun whether anything was ever fetched
 * @param revisions how many revisions the rows of each item have, by the item's key
 * @param letters newest last
 * @param runs oldest first
 * @param schedule the latest run of the built-in schedule
 * @param shape how far it is behind the archive
 * @param table how far it is behind the landing topic
 * @param open transactions in archive and landing topic
 */
public record Facts(
    Instant at,
    boolean isBegun,
    Known ledger,
    Map<String, Integer> revisions,
    List<Standing> letters,
    List<PastRun> runs,
    Optional<Run> schedule,
    Lag shape,
    Lag table,
    List<OpenTransaction> open,
    Bronze bronze) {

  public Facts {
    revisions = Map.copyOf(revisions);
    letters = List.copyOf(letters);
    runs = List.copyOf(runs);
    open = List.copyOf(open);
  }
}
