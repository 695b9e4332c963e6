package io.landfall.sandbox.collection;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The records that an API shows, in each order that it can give, and those that it deleted. */
final class Shown {

  private final Map<Order, ArrayList<Entry>> orders = new EnumMap<>(Order.class);
  private final TreeMap<Integer, Entry> deleted;

  Shown(Collection<Entry> records) {
    this(records, Map.of());
  }

  private Shown(Collection<Entry> records, Map<Integer, Entry> deleted) {
    for (Order order : Order.values()) {
      ArrayList<Entry> sorted = new ArrayList<>(records);
      sorted.sort(order.comparator());
      orders.put(order, sorted);
    }
    this.deleted = new TreeMap<>(deleted);
  }

  /** The same, which stays as it is. */
  Shown copy() {
    return new Shown(all(Order.ID), deleted);
  }

  /** All that are not deleted. */
  List<Entry> all(Order order) {
    return Collections.unmodifiableList(orders.getOrDefault(order, new ArrayList<>()));
  }

  /** Those whose value is within bounds, both of which count. */
  List<Entry> range(Order order, long least, long most) {
    List<Entry> all = all(order);
    int from = firstAtOrAfter(all, order, least);
    int to = most == Long.MAX_VALUE ? all.size() : firstAtOrAfter(all, order, most + 1);
    return all.subList(from, Math.max(from, to));
  }

  List<Entry> deleted() {
    return List.copyOf(deleted.values());
  }

  /** A record as it was last shown, deleted or not. */
  Optional<Entry> find(int number) {
    List<Entry> found = range(Order.ID, number, number);
    return found.isEmpty() ? Optional.ofNullable(deleted.get(number)) : Optional.of(found.get(0));
  }

  /** Shows a version of a record in place of the one before. */
  void put(Entry version) {
    find(version.number())
        .filter(before -> !before.deleted())
        .ifPresent(
            before ->
                orders.forEach(
                    (order, sorted) ->
                        sorted.remove(
                            Collections.binarySearch(sorted, before, order.comparator()))));
    deleted.remove(version.number());
    if (version.deleted()) {
      deleted.put(version.number(), version);
    } else {
      orders.forEach(
          (order, sorted) ->
              sorted.add(
                  -1 - Collections.binarySearch(sorted, version, order.comparator()), version));
    }
  }

  private static int firstAtOrAfter(List<Entry> sorted, Order order, long value) {
    int low = 0;
    int high = sorted.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (order.of(sorted.get(middle)) < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
