package io.landfall.producer.deadletter;

import io.landfall.producer.deadletter.Standing.State;
import io.landfall.schemas.Dismissal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what became of each letter, from the archive's records at its place and behind it. A
 * record without a key is of no item: only the very same value is something later.
 */
final class Standings {

  private static final class Entry {
    private final Letter letter;
    private boolean inArchive;
    private OptionalLong later = OptionalLong.empty();
    private boolean laterIsTheSame;
    private boolean resolved;

    Entry(Letter letter) {
      this.letter = letter;
    }

    void see(long offset, byte @Nullable [] value, boolean isUsed) {
      boolean same = letter.hash().map(Letter.hash(value)::equals).orElse(false);
      if (offset == letter.origin().offset()) {
        inArchive = same || letter.hash().isEmpty();
      } else if (offset > letter.origin().offset() && (same || letter.key().isPresent())) {
        later = OptionalLong.of(offset);
        laterIsTheSame = same;
        resolved |= isUsed;
      }
    }

    Standing standing(Optional<Dismissal> dismissal) {
      State open = dismissal.isPresent() ? State.DISMISSED : State.OPEN;
      return new Standing(
          letter, inArchive, later, laterIsTheSame, resolved ? State.RESOLVED : open, dismissal);
    }
  }

  private final String archive;
  private final Map<TopicPartition, Long> shaped;
  private final Map<Origin, Dismissal> dismissals;
  private final Map<Origin, Entry> all = new LinkedHashMap<>();
  private final Map<TopicPartition, Map<Optional<ByteBuffer>, List<Entry>>> ofArchive =
      new HashMap<>();

  /**
   * @param letters at most one for each origin
   * @param archive the name of the archive's topic
   * @param shaped up to where shape has come in each of its partitions
   * @param dismissals that came after the letter
   */
  Standings(
      Collection<Letter> letters,
      String archive,
      Map<TopicPartition, Long> shaped,
      Map<Origin, Dismissal> dismissals) {
    this.archive = archive;
    this.shaped = shaped;
    this.dismissals = dismissals;
    for (Letter letter : letters) {
      Entry entry = new Entry(letter);
      all.put(letter.origin(), entry);
      if (letter.origin().topic().equals(archive)) {
        ofArchive
            .computeIfAbsent(
                new TopicPartition(archive, letter.origin().partition()),
                partition -> new HashMap<>())
            .computeIfAbsent(letter.key(), key -> new ArrayList<>())
            .add(entry);
      }
    }
  }

  /** Where to begin in each partition that has letters. */
  Map<TopicPartition, Long> beginnings() {
    Map<TopicPartition, Long> beginnings = new HashMap<>();
    ofArchive.forEach(
        (partition, entries) ->
            beginnings.put(
                partition,
                entries.values().stream()
                    .flatMap(List::stream)
                    .mapToLong(entry -> entry.letter.origin().offset())
                    .min()
                    .orElseThrow()));
    return beginnings;
  }

  /** A committed record of the archive, in the order of its partition. */
  void see(TopicPartition partition, long offset, byte @Nullable [] key, byte @Nullable [] value) {
    List<Entry> same =
        ofArchive
            .getOrDefault(partition, Map.of())
            .getOrDefault(Optional.ofNullable(key).map(ByteBuffer::wrap), List.of());
    if (same.isEmpty()) {
      return;
    }
    boolean isUsed =
        offset < shaped.getOrDefault(partition, 0L)
            && !all.containsKey(new Origin(archive, partition.partition(), offset));
    same.forEach(entry -> entry.see(offset, value, isUsed));
  }

  /** Whether a partition could still tell something that matters. */
  boolean isAsking(TopicPartition partition) {
    return ofArchive.getOrDefault(partition, Map.of()).values().stream()
        .flatMap(List::stream)
        .anyMatch(entry -> !entry.resolved);
  }

  /** What is known now, in the order of the letters. */
  List<Standing> all() {
    return all.values().stream()
        .map(entry -> entry.standing(Optional.ofNullable(dismissals.get(entry.letter.origin()))))
        .toList();
  }
}
