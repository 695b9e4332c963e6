package io.landfall.sandbox.season;

import java.util.ArrayList;
import java.util.List;

/**
 * One count of one player that a correction changed.
 *
 * @param situation all, 5on5, 5on4, 4on5 or other
 */
public record Change(Person player, String situation, Metric metric, int before, int after) {

  /** What differs between two versions of a game, over all situations first. */
  public static List<Change> between(GeneratedGame before, GeneratedGame after) {
    List<Change> changes = new ArrayList<>();
    List<Change> bySituation = new ArrayList<>();
    for (int player = 0; player < before.players().size(); player++) {
      Person person = before.players().get(player);
      for (Metric metric : Metric.values()) {
        int old = before.tally().count(player, metric);
        int now = after.tally().count(player, metric);
        if (old != now) {
          changes.add(new Change(person, "all", metric, old, now));
        }
        for (Situation situation : Situation.values()) {
          int oldHere = before.tally().count(player, situation, metric);
          int nowHere = after.tally().count(player, situation, metric);
          if (oldHere != nowHere) {
            bySituation.add(new Change(person, situation.word(), metric, oldHere, nowHere));
          }
        }
      }
    }
    changes.addAll(bySituation);
    return List.copyOf(changes);
  }
}
