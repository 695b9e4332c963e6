package io.landfall.consumer.columnar.page;

import java.util.Arrays;

/** Gives each different number its place in the order of their first appearance. */
final class NumberDictionary {

  /** Numbers from 0 on that are looked up without hashing; most numbers are. */
  private static final int SMALL = 1_024;

  private static final int FIRST_ENTRIES = 64;

  private final int most;
  private final int[] small = new int[SMALL];
  private long[] entries = new long[FIRST_ENTRIES];
  private int size;
  private int hashed;

  /** Places plus one, by hash; 0 is free. */
  private int[] slots = new int[2 * FIRST_ENTRIES];

  /**
   * @param most different numbers that it takes
   */
  NumberDictionary(int most) {
    this.most = most;
  }

  int size() {
    return size;
  }

  /** The number at a place. */
  long at(int place) {
    return entries[place];
  }

  /** How many bytes it holds in memory. */
  long memory() {
    return (long) entries.length * Long.BYTES + (long) slots.length * Integer.BYTES;
  }

  /**
   * The place of a number.
   *
   * @return -1 if it is new and there is no place for it
   */
  int place(long value) {
    if (!isSmall(value)) {
      return placeByHash(value);
    }
    int known = small[(int) value];
    if (known == 0) {
      known = add(value) + 1;
      small[(int) value] = known;
    }
    return known - 1;
  }

  private static boolean isSmall(long value) {
    return value >= 0 && value < SMALL;
  }

  private int placeByHash(long value) {
    int[] table = slots;
    int slot = Probing.start(value, table.length);
    for (int probe = 0; probe < Probing.MOST; probe++) {
      int known = table[slot];
      if (known == 0) {
        int place = add(value);
        if (place >= 0) {
          claim(slot, place);
        }
        return place;
      }
      if (entries[known - 1] == value) {
        return known - 1;
      }
      slot = (slot + 1) & (table.length - 1);
    }
    return -1;
  }

  private int add(long value) {
    if (size == most) {
      return -1;
    }
    if (size == entries.length) {
      entries = Arrays.copyOf(entries, Math.min(most, 2 * size));
    }
    entries[size] = value;
    return size++;
  }

  private void claim(int slot, int place) {
    slots[slot] = place + 1;
    hashed++;
    if (2 * hashed > slots.length) {
      rehash();
    }
  }

  private void rehash() {
    slots = new int[2 * slots.length];
    for (int place = 0; place < size; place++) {
      if (isSmall(entries[place])) {
        continue;
      }
      int slot = Probing.start(entries[place], slots.length);
      while (slots[slot] != 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = place + 1;
    }
  }

  /** Forgets what came last; from then on no place may be asked for until all is forgotten. */
  void truncate(int wanted) {
    size = wanted;
  }

  /** Forgets all. */
  void clear() {
    size = 0;
    hashed = 0;
    Arrays.fill(small, 0);
    entries = new long[FIRST_ENTRIES];
    slots = new int[2 * FIRST_ENTRIES];
  }
}
