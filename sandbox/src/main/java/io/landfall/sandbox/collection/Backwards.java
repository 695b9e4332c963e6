package io.landfall.sandbox.collection;

import java.util.AbstractList;
import java.util.List;

/** A list from its end. */
final class Backwards extends AbstractList<Entry> {

  private final List<Entry> forwards;

  Backwards(List<Entry> forwards) {
    this.forwards = forwards;
  }

  @Override
  public Entry get(int index) {
    return forwards.get(forwards.size() - 1 - index);
  }

  @Override
  public int size() {
    return forwards.size();
  }
}
