package io.landfall.producer.deadletter;

import io.landfall.cli.LandfallException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Sends dead letters again, so that shape takes their records once more. A letter is sent only
 * while it is the last that the archive has of its item, so that no old answer ever comes back, and
 * none is sent twice, however often somebody asks.
 */
public final class Replay {

  /** Each may have megabytes, and what is open for long holds back who reads the archive. */
  private static final int LETTERS_IN_A_TRANSACTION = 10;

  private static final int TRIES = 5;

  /** What became of a letter. */
  public enum End {
    SENT,
    SUPERSEDED,
    /** Its record is not where it says: another archive's, or the archive was made anew. */
    NOT_IN_ARCHIVE
  }

  /**
   * One letter that was asked for.
   *
   * @param standing what was known of it before
   */
  public record Outcome(Standing standing, End end) {}

  private final Archive archive;

  Replay(Archive archive) {
    this.archive = archive;
  }

  /** A replay over one cluster. */
  public static Replay of(KafkaArchive archive) {
    return new Replay(archive);
  }

  /**
   * Sends what was asked for.
   *
   * @param asked for; empty: all that are open
   * @throws LandfallException if there is no such letter
   */
  public List<Outcome> run(Optional<List<Origin>> asked) {
    Archive.View view = archive.takeOver();
    List<Origin> chosen = chosen(view, asked);
    Map<Origin, Standing> atFirst = byOrigin(view);
    Set<Origin> sent = new HashSet<>();
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      if (send(view, chosen, sent)) {
        Map<Origin, Standing> known = byOrigin(view);
        return outcomes(chosen, origin -> known.getOrDefault(origin, atFirst.get(origin)), sent);
      }
      view = archive.look();
    }
    throw LandfallException.unavailable(
        "In each of %d tries somebody else wrote to the archive for the same items at the same time; %d of %d were sent. Run again when the fetch is over."
            .formatted(TRIES, sent.size(), chosen.size()));
  }

  /** What a run would do now. */
  public List<Outcome> dryRun(Optional<List<Origin>> asked) {
    Archive.View view = archive.look();
    List<Origin> chosen = chosen(view, asked);
    Map<Origin, Standing> known = byOrigin(view);
    Set<Origin> toSend = sendable(known, chosen).map(Letter::origin).collect(Collectors.toSet());
    return outcomes(chosen, known::get, toSend);
  }

  /** Whether all was sent that is to be sent. */
  private boolean send(Archive.View view, List<Origin> chosen, Set<Origin> sent) {
    List<Letter> left =
        sendable(byOrigin(view), chosen).filter(letter -> !sent.contains(letter.origin())).toList();
    boolean all = true;
    for (int from = 0; from < left.size(); from += LETTERS_IN_A_TRANSACTION) {
      List<Letter> some =
          left.subList(from, Math.min(left.size(), from + LETTERS_IN_A_TRANSACTION));
      if (archive.send(some, view)) {
        some.forEach(letter -> sent.add(letter.origin()));
      } else {
        all = false;
      }
    }
    return all;
  }

  private static Stream<Letter> sendable(Map<Origin, Standing> known, List<Origin> chosen) {
    return chosen.stream()
        .map(known::get)
        .filter(standing -> standing != null && standing.isInArchive() && !standing.isSuperseded())
        .map(Standing::letter);
  }

  static List<Origin> chosen(Archive.View view, Optional<List<Origin>> asked) {
    if (asked.isEmpty()) {
      return view.standings().stream()
          .filter(Standing::isOpen)
          .map(standing -> standing.letter().origin())
          .toList();
    }
    Set<Origin> known = byOrigin(view).keySet();
    List<Origin> chosen = asked.get().stream().distinct().toList();
    List<String> unknown =
        chosen.stream().filter(origin -> !known.contains(origin)).map(Origin::toString).toList();
    if (!unknown.isEmpty()) {
      throw LandfallException.usage(
          "There is no dead letter %s, and nothing was done. `dead-letters list` shows all there are."
              .formatted(String.join(", ", unknown)));
    }
    return chosen;
  }

  static Map<Origin, Standing> byOrigin(Archive.View view) {
    return view.standings().stream()
        .collect(Collectors.toMap(standing -> standing.letter().origin(), Function.identity()));
  }

  private static List<Outcome> outcomes(
      List<Origin> chosen, Function<Origin, Standing> known, Set<Origin> sent) {
    List<Outcome> outcomes = new ArrayList<>();
    for (Origin origin : chosen) {
      Standing standing = known.apply(origin);
      outcomes.add(
          new Outcome(
              standing,
              sent.contains(origin)
                  ? End.SENT
                  : standing.isSuperseded() ? End.SUPERSEDED : End.NOT_IN_ARCHIVE));
    }
    return outcomes;
  }
}
