package io.landfall.producer.definition;

import org.jspecify.annotations.Nullable;

/** The keys that lead to a place in a file, from the outermost on. */
record KeyPath(@Nullable KeyPath parent, String name) {

  static final KeyPath ROOT = new KeyPath(null, "");

  static KeyPath of(String... names) {
    KeyPath path = ROOT;
    for (String name : names) {
      path = path.to(name);
    }
    return path;
  }

  KeyPath to(String key) {
    return new KeyPath(this, key);
  }

  KeyPath to(int element) {
    return new KeyPath(this, "[" + (element + 1) + "]");
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
