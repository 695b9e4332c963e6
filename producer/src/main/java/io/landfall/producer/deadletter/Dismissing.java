package io.landfall.producer.deadletter;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Records that nothing more is to be done for dead letters: what somebody has looked at is not told
 * again and again. Nothing is deleted, and a letter whose record fails once more is open again.
 */
public final class Dismissing {

  private final Archive archive;
  private final Clock clock;

  Dismissing(Archive archive, Clock clock) {
    this.archive = archive;
    this.clock = clock;
  }

  /** Over one cluster. */
  public static Dismissing of(KafkaArchive archive, Clock clock) {
    return new Dismissing(archive, clock);
  }

  /**
   * Dismisses those that are open.
   *
   * @param asked for; empty: all that are open
   * @param because why
   * @return what was known of each before
   * @throws io.landfall.cli.LandfallException if there is no such letter
   */
  public List<Standing> run(Optional<List<Origin>> asked, String because) {
    Archive.View view = archive.takeOver();
    Map<Origin, Standing> known = Replay.byOrigin(view);
    List<Standing> chosen =
        Replay.chosen(view, asked).stream()
            .map(origin -> Objects.requireNonNull(known.get(origin)))
            .toList();
    List<Letter> open = chosen.stream().filter(Standing::isOpen).map(Standing::letter).toList();
    if (!open.isEmpty()) {
      archive.dismiss(open, because, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }
    return chosen;
  }
}
