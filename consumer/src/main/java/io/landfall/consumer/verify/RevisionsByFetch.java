package io.landfall.consumer.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Finds the revision of a row by what the row says of itself, whatever its place: its revision,
 * when it was fetched, and by what it was shaped.
 */
final class RevisionsByFetch {

  private record Fetch(int revision, long atMillis) {}

  private final Map<Fetch, List<Revision>> revisions = new HashMap<>();
  private final boolean areOfRows;

  /**
   * @param areOfRows whether revisions are the rows' own, so that none tells of an item's
   */
  RevisionsByFetch(List<Revision> all, boolean areOfRows) {
    this.areOfRows = areOfRows;
    for (Revision each : all) {
      Fetch fetch =
          fetch(each.manifest().getRevision(), each.manifest().getFetchedAt().toEpochMilli());
      revisions.computeIfAbsent(fetch, any -> new ArrayList<>()).add(each);
    }
  }

  private Fetch fetch(int revision, long atMillis) {
    return new Fetch(areOfRows ? 0 : revision, atMillis);
  }

  /**
   * Those that it may be, in the order of their manifests: several where items were fetched in one
   * moment.
   *
   * @param shapeVersion as {@link MarkRows#hash} gives it; 0 for unknown
   * @param partition where the row came from, and most likely its manifest
   */
  List<Revision> of(int revision, long atMillis, int shapeVersion, int partition) {
    List<Revision> fitting = revisions.getOrDefault(fetch(revision, atMillis), List.of());
    fitting =
        narrowed(
            fitting,
            each ->
                shapeVersion == 0
                    || shapeVersion == MarkRows.hash(each.manifest().getShapeVersion()));
    return narrowed(fitting, each -> each.partition() == partition);
  }

  private static List<Revision> narrowed(List<Revision> from, Predicate<Revision> better) {
    if (from.size() < 2) {
      return from;
    }
    List<Revision> narrow = from.stream().filter(better).toList();
    return narrow.isEmpty() ? from : narrow;
  }
}
