package io.landfall.sandbox.api;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How often each kind of path was answered, by status. */
final class RequestCounts {

  private record Kind(Resource resource, int status) {}

  private final Map<Kind, LongAdder> counts = new ConcurrentHashMap<>();

  void add(Resource resource, int status) {
    counts.computeIfAbsent(new Kind(resource, status), kind -> new LongAdder()).increment();
  }

  void clear() {
    counts.clear();
  }

  /** Counts by status, by resource. A connection that was reset counts under status 0. */
  Map<Resource, Map<Integer, Long>> byResource() {
    Map<Resource, Map<Integer, Long>> found = new EnumMap<>(Resource.class);
    counts.forEach(
        (kind, count) ->
            found
                .computeIfAbsent(kind.resource(), resource -> new TreeMap<>())
                .put(kind.status(), count.sum()));
    return found;
  }
}
