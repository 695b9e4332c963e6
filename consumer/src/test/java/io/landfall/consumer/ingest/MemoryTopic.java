package io.landfall.consumer.ingest;

import io.landfall.cli.LandfallException;
import io.landfall.cli.kafka.OpenTransaction;
import io.landfall.consumer.landing.LandingTopic;
import io.landfall.consumer.landing.Offsets;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A topic in memory, and what may happen to it. */
final class MemoryTopic {

  /** A record's place. */
  record Place(int partition, long offset) {}

  private enum Slot {
    RECORD,
    NO_ROW,
    OPEN,
    /** A marker, or what was aborted. */
    GAP
  }

  /** Each open transaction. */
  static final Instant BEGAN = Instant.ofEpochSecond(1_699_999_000);

  private final TreeMap<Integer, List<Slot>> partitions = new TreeMap<>();
  private final TreeMap<Integer, Long> beginnings = new TreeMap<>();
  private int made;
  private boolean away;
  private Optional<RuntimeException> nextRead = Optional.empty();

  MemoryTopic(int partitions) {
    make(partitions);
  }

  private void make(int count) {
    made++;
    partitions.clear();
    beginnings.clear();
    widen(count);
  }

  /** Deletes it and creates another one of its name. */
  void recreate() {
    make(partitions.size());
  }

  /** Lets it have so many partitions. */
  void widen(int count) {
    for (int partition = 0; partition < count; partition++) {
      partitions.putIfAbsent(partition, new ArrayList<>());
      beginnings.putIfAbsent(partition, 0L);
    }
  }

  int width() {
    return partitions.size();
  }

  /** Records of a transaction that stays open. */
  void open(int partition, int records) {
    slots(partition).addAll(Collections.nCopies(records, Slot.OPEN));
  }

  /** The end of a transaction that has so many records more, and its marker. */
  void commit(int partition, int records) {
    end(partition, records, Slot.RECORD);
  }

  /** The same, taken back. */
  void abort(int partition, int records) {
    end(partition, records, Slot.GAP);
  }

  /** A transaction of one record that is no row. */
  void commitNoRow(int partition) {
    end(partition, 1, Slot.NO_ROW);
  }

  private void end(int partition, int records, Slot becomes) {
    open(partition, records);
    slots(partition).replaceAll(slot -> slot == Slot.OPEN ? becomes : slot);
    slots(partition).add(Slot.GAP);
  }

  /** Deletes what stands before an offset, as a retention would. */
  void expire(int partition, long before) {
    beginnings.put(partition, before);
  }

  /** Loses its end, as after a crash of the broker. */
  void shorten(int partition, int end) {
    slots(partition).subList(end, slots(partition).size()).clear();
  }

  /** Whether the broker is. */
  void away(boolean is) {
    away = is;
  }

  void failNextRead(RuntimeException failure) {
    nextRead = Optional.of(failure);
  }

  /** The committed records from one place to another. */
  List<Place> read(Offsets from, Offsets to) {
    if (nextRead.isPresent()) {
      RuntimeException failure = nextRead.get();
      nextRead = Optional.empty();
      throw failure;
    }
    List<Place> records = new ArrayList<>();
    for (int partition : to.byPartition().keySet()) {
      for (long offset = from.in(partition); offset < to.in(partition); offset++) {
        if (slots(partition).get((int) offset) != Slot.GAP) {
          records.add(new Place(partition, offset));
        }
      }
    }
    return records;
  }

  boolean isRow(Place place) {
    return slots(place.partition()).get((int) place.offset()) == Slot.RECORD;
  }

  /** Every record of a partition that is committed, in order. */
  List<Place> committed(int partition) {
    return read(
        Offsets.START,
        new Offsets(Map.of(partition, committedEnds().byPartition().get(partition))));
  }

  Offsets committedEnds() {
    TreeMap<Integer, Long> ends = new TreeMap<>();
    partitions.forEach(
        (partition, slots) -> {
          int open = slots.indexOf(Slot.OPEN);
          ends.put(partition, (long) (open < 0 ? slots.size() : open));
        });
    return new Offsets(ends);
  }

  Offsets beginnings() {
    return new Offsets(beginnings);
  }

  private Offsets ends() {
    TreeMap<Integer, Long> ends = new TreeMap<>();
    partitions.forEach((partition, slots) -> ends.put(partition, (long) slots.size()));
    return new Offsets(ends);
  }

  private List<Slot> slots(int partition) {
    List<Slot> slots = partitions.get(partition);
    if (slots == null) {
      throw new IllegalStateException("no partition " + partition);
    }
    return slots;
  }

  /** As the program sees it: which topic it is and what partitions it has, it asks now and then. */
  LandingTopic open() {
    Seen seen = new Seen();
    seen.refresh();
    return seen;
  }

  private final class Seen implements LandingTopic {

    private String id = "";
    private Set<Integer> known = Set.of();

    @Override
    public String name() {
      return "weather.readings.v1";
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public Set<Integer> partitions() {
      return known;
    }

    @Override
    public void refresh() {
      requireThere();
      id = "topic-" + made;
      known = new TreeSet<>(partitions.keySet());
    }

    @Override
    public Offsets beginnings() {
      return ofKnown(MemoryTopic.this.beginnings());
    }

    @Override
    public Offsets committedEnds() {
      return ofKnown(MemoryTopic.this.committedEnds());
    }

    @Override
    public Offsets ends() {
      return ofKnown(MemoryTopic.this.ends());
    }

    @Override
    public Offsets since(Instant time) {
      return beginnings();
    }

    @Override
    public List<OpenTransaction> openTransactions() {
      requireThere();
      List<OpenTransaction> open = new ArrayList<>();
      partitions.forEach(
          (partition, slots) -> {
            int first = slots.indexOf(Slot.OPEN);
            if (first >= 0) {
              open.add(
                  new OpenTransaction(
                      name(), partition, first, Optional.of(BEGAN), Optional.of("somebody")));
            }
          });
      return open;
    }

    private Offsets ofKnown(Offsets all) {
      requireThere();
      TreeMap<Integer, Long> offsets = new TreeMap<>(all.byPartition());
      offsets.keySet().retainAll(known);
      return new Offsets(offsets);
    }

    private void requireThere() {
      if (away) {
        throw LandfallException.unavailable("The broker is away", new IOException());
      }
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }
}
