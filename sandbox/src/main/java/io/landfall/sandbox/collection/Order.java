package io.landfall.sandbox.collection;

import java.util.Comparator;

/** What records can be sorted by; those that share a value by their number. */
enum Order {
  ID,
  CREATED,
  UPDATED,
  HAPPENED;

  Comparator<Entry> comparator() {
    return Comparator.comparingLong(this::of).thenComparingInt(Entry::number);
  }

  /** The value by which a record is sorted. */
  long of(Entry record) {
    return switch (this) {
      case ID -> record.number();
      case CREATED -> record.created();
      case UPDATED -> record.updated();
      case HAPPENED -> record.happened();
    };
  }
}
