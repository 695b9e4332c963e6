package io.landfall.producer.definition;

import org.jspecify.annotations.Nullable;

/** The keys that lead to a place in a file, from the outermost on. */
record Path(@Nullable Path parent, String name) {

  static final Path ROOT = new Path(null, "");

  static Path of(String... names) {
    Path path = ROOT;
    for (String name : names) {
      path = path.to(name);
    }
    return path;
  }

  Path to(String key) {
    return new Path(this, key);
  }

  Path to(int element) {
    return new Path(this, "[" + (element + 1) + "]");
  }

  boolean isRoot() {
    return parent == null;
  }

  @Override
  public String toString() {
    if (parent == null) {
      return "";
    }
    return parent.isRoot() || name.startsWith("[") ? parent + name : parent + "." + name;
  }
}
