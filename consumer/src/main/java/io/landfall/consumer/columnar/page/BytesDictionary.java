package io.landfall.consumer.columnar.page;

import java.util.Arrays;

/** Gives each different string of bytes its place in the order of their first appearance. */
final class BytesDictionary {

  private static final int FIRST_ENTRIES = 64;

  private final int mostBytes;
  private byte[] entries = new byte[1 << 10];
  private int[] ends = new int[FIRST_ENTRIES];
  private int[] hashes = new int[FIRST_ENTRIES];
  private int size;
  private int last;

  /** Places plus one, by hash; 0 is free. */
  private int[] slots = new int[2 * FIRST_ENTRIES];

  /**
   * @param mostBytes of all entries together
   */
  BytesDictionary(int mostBytes) {
    this.mostBytes = mostBytes;
  }

  int size() {
    return size;
  }

  /** How many bytes its entries have. */
  int bytes() {
    return end(size);
  }

  /** All entries, one after the other. */
  byte[] entries() {
    return entries;
  }

  /** How many bytes it holds in memory. */
  long memory() {
    return entries.length + (long) (2 * ends.length + slots.length) * Integer.BYTES;
  }

  private int end(int count) {
    return count == 0 ? 0 : ends[count - 1];
  }

  /**
   * The place of a string of bytes.
   *
   * @return -1 if it is new and there is no place for it
   */
  int place(byte[] from, int start, int end) {
    // What was last is often next, and needs no hash.
    if (size > 0 && isAt(last, from, start, end)) {
      return last;
    }
    int hash = hash(from, start, end);
    int slot = Probing.start(hash, slots.length);
    for (int probe = 0; probe < Probing.MOST; probe++) {
      int known = slots[slot];
      if (known == 0) {
        return add(slot, hash, from, start, end);
      }
      if (hashes[known - 1] == hash && isAt(known - 1, from, start, end)) {
        last = known - 1;
        return last;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return -1;
  }

  private boolean isAt(int place, byte[] from, int start, int end) {
    int entry = end(place);
    return ends[place] - entry == end - start
        && Arrays.equals(entries, entry, ends[place], from, start, end);
  }

  private static int hash(byte[] from, int start, int end) {
    int hash = 0;
    for (int i = start; i < end; i++) {
      hash = 31 * hash + from[i];
    }
    return hash;
  }

  private int add(int slot, int hash, byte[] from, int start, int end) {
    int entry = bytes();
    long entryEnd = (long) entry + end - start;
    if (entryEnd > mostBytes) {
      return -1;
    }
    if (entryEnd > entries.length) {
      entries = Arrays.copyOf(entries, Capacity.atLeast(entries.length, entryEnd));
    }
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, 2 * size);
      hashes = Arrays.copyOf(hashes, 2 * size);
    }
    System.arraycopy(from, start, entries, entry, end - start);
    ends[size] = (int) entryEnd;
    hashes[size] = hash;
    slots[slot] = size + 1;
    last = size;
    size++;
    if (2 * size > slots.length) {
      rehash();
    }
    return last;
  }

  private void rehash() {
    slots = new int[2 * slots.length];
    for (int place = 0; place < size; place++) {
      int slot = Probing.start(hashes[place], slots.length);
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
    last = 0;
    entries = new byte[1 << 10];
    ends = new int[FIRST_ENTRIES];
    hashes = new int[FIRST_ENTRIES];
    slots = new int[2 * FIRST_ENTRIES];
  }
}
