package io.landfall.consumer.verify;

import io.landfall.consumer.verify.Problem.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/**
 * How far each item has come.
 *
 * @param landed the revisions that the table should hold whole, by the item, oldest first
 * @param waiting items of which the table does not have the newest revision yet
 * @param begunLate items that cannot be compared, because their beginning is gone
 * @param quarantined rows that can only be among what is in quarantine, by the item
 */
record ItemStates(
    Map<String, List<Revision>> landed,
    Set<String> waiting,
    Set<String> begunLate,
    Map<String, Long> quarantined) {

  private ItemStates() {
    this(new LinkedHashMap<>(), new HashSet<>(), new HashSet<>(), new HashMap<>());
  }

  /** By what the topic holds. */
  static ItemStates inTurn(LandingMap landing) {
    ItemStates states = new ItemStates();
    for (TopicPartitionRows partition : landing.partitions().values()) {
      for (Revision revision : partition.revisions()) {
        if (partition.isExpired(revision)) {
          states.begunLate.add(revision.item());
        } else {
          states.add(revision, revision.isFull());
        }
      }
    }
    return states.withoutBegunLate();
  }

  /**
   * By what the topic and the table hold, which has rows from earlier topics too.
   *
   * @param rows how many rows and records without one there are of a revision, by its number
   * @param quarantined how many records are in quarantine of which that is not known, by partition
   * @param hasBegunLate whether the table did not have an earlier topic from its start
   */
  static ItemStates ofSeveralTopics(
      LandingMap landing,
      IntUnaryOperator rows,
      Map<Integer, Long> quarantined,
      boolean hasBegunLate,
      Problems problems) {
    ItemStates states = new ItemStates();
    Map<Integer, Long> unknown = new HashMap<>(quarantined);
    Set<Integer> begun = new HashSet<>();
    for (int number = 0; number < landing.revisions().size(); number++) {
      Revision revision = landing.revision(number);
      int there = rows.applyAsInt(number);
      int wanted = revision.manifest().getRowsEmitted();
      int lacking = wanted - there - revision.toCome();
      long inQuarantine =
          Math.min(Math.max(0, lacking), unknown.getOrDefault(revision.partition(), 0L));
      boolean isFirst = there > 0 && begun.add(revision.partition());
      if (revision.isDoubtful()) {
        states.begunLate.add(revision.item());
      } else if (lacking > inQuarantine
          && hasBegunLate
          && (isFirst || !begun.contains(revision.partition()))) {
        states.begunLate.add(revision.item());
      } else {
        if (inQuarantine > 0) {
          unknown.merge(revision.partition(), -inQuarantine, Long::sum);
          states.quarantined.merge(revision.item(), inQuarantine, Long::sum);
        }
        if (lacking > inQuarantine) {
          problems.add(
              Kind.UNSENT,
              revision.item(),
              revision.partition(),
              revision.first(),
              "%d of %d rows of revision %d, which the table has not got either"
                  .formatted(lacking - inQuarantine, wanted, revision.manifest().getRevision()));
        }
        states.add(revision, there >= wanted || lacking > 0);
      }
    }
    return states.withoutBegunLate();
  }

  private void add(Revision revision, boolean isLanded) {
    if (isLanded) {
      landed.computeIfAbsent(revision.item(), any -> new ArrayList<>()).add(revision);
    } else {
      waiting.add(revision.item());
    }
  }

  private ItemStates withoutBegunLate() {
    for (Map.Entry<String, List<Revision>> item : landed.entrySet()) {
      if (item.getValue().get(0).manifest().getRevision() != 1) {
        begunLate.add(item.getKey());
      }
    }
    landed.keySet().removeAll(begunLate);
    return this;
  }
}
