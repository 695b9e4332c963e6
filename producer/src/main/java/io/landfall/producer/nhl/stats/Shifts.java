package io.landfall.producer.nhl.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The plausible shifts of one source, exact duplicates included, and those players of them whom the
 * roster does not know. Shifts of a shootout are left out, as those of any period that the game had
 * not.
 */
final class Shifts {

  private final int lastPeriod;
  private final List<Shift> all = new ArrayList<>();
  private final Set<String> strangers = new TreeSet<>();

  Shifts(int lastPeriod) {
    this.lastPeriod = lastPeriod;
  }

  /** Adds a shift, if it can have been; and who had it, if that is nobody of the roster. */
  void add(Shift shift, Supplier<String> who) {
    if (!shift.isPlausible() || shift.period() > lastPeriod) {
      return;
    }
    if (shift.player() == Roster.NOBODY) {
      strangers.add(who.get());
    } else {
      all.add(shift);
    }
  }

  List<Shift> all() {
    return all;
  }

  /** Who was on the ice and is in no roster. */
  Set<String> strangers() {
    return strangers;
  }
}
