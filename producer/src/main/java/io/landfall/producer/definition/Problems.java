package io.landfall.producer.definition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/** What is wrong with a file, and where everything in it stands. */
final class Problems {

  private record Place(int line, int column) {
    static Place of(Mark mark) {
      return new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }
  }

  private final String file;
  private final Map<KeyPath, Place> places = new HashMap<>();
  private final Set<Problem> found = new HashSet<>();

  Problems(String file) {
    this.file = file;
  }

  /** What is said of a path from now on is said of this node. */
  void place(KeyPath path, Node node) {
    places.put(path, Place.of(node.getStartMark()));
  }

  /** Whether the file has it, right or wrong. */
  boolean isPlaced(KeyPath path) {
    return places.containsKey(path);
  }

  void add(KeyPath path, Node node, String message) {
    add(path, Place.of(node.getStartMark()), message);
  }

  /** Where the path leads, or as far towards it as the file goes. */
  void add(KeyPath path, String message) {
    @Nullable KeyPath known = path;
    while (known != null && !places.containsKey(known)) {
      known = known.parent();
    }
    add(
        path,
        known == null ? new Place(1, 1) : places.getOrDefault(known, new Place(1, 1)),
        message);
  }

  private void add(KeyPath path, Place place, String message) {
    found.add(
        new Problem(
            file, place.line(), place.column(), path.isRoot() ? message : path + ": " + message));
  }

  /** What cannot be read at all. */
  void add(@Nullable Mark mark, String message) {
    Place place = mark == null ? new Place(1, 1) : Place.of(mark);
    found.add(new Problem(file, place.line(), place.column(), message));
  }

  /** In the order of the file. */
  List<Problem> all() {
    List<Problem> all = new ArrayList<>(found);
    all.sort(Problem::compareTo);
    return all;
  }
}
