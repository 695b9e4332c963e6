package io.landfall.sandbox.collection;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** What the collection holds, what it shows of that, and the ways in which it changes. */
final class Contents {

  private static final int CROWD = 2500;
  private static final int DAY = 86_400;
  private static final int LATEST_HAPPENING = 2 * DAY;
  private static final int FARTHEST_MOVE = 10;

  /** A version that holds, but is not shown before a time. */
  private record Held(Entry version, long from) {}

  private final Shown shown;
  private final Map<Integer, Held> held = new TreeMap<>();
  private final SplittableRandom random;
  private int lastNumber;

  /**
   * @param records how many there are at first
   * @param begin when the first of them was created, in seconds since 1970
   * @param end when the last of them was, at the latest
   */
  Contents(long seed, int records, long begin, long end) {
    this.random = new SplittableRandom(RecordText.mix(seed));
    List<Entry> first = new ArrayList<>(records);
    double apart = (double) (end - begin) / Math.max(1, records);
    for (int number = 1; number <= records; number++) {
      long created = begin + (long) (apart * (number - random.nextDouble()));
      boolean touched = random.nextInt(3) == 0;
      long updated = touched ? created + (long) ((end - created) * random.nextDouble()) : created;
      long happened = Math.max(begin, created - random.nextInt(LATEST_HAPPENING));
      first.add(new Entry(number, touched ? 2 : 1, created, updated, happened, false));
    }
    this.shown = new Shown(first);
    this.lastNumber = records;
  }

  Shown shown() {
    return shown;
  }

  /** All records that are not deleted, shown or not. */
  List<Entry> current() {
    Map<Integer, Entry> all = new TreeMap<>();
    shown.all(Order.ID).forEach(record -> all.put(record.number(), record));
    held.values().forEach(late -> all.put(late.version().number(), late.version()));
    all.values().removeIf(Entry::deleted);
    return List.copyOf(all.values());
  }

  /** Shows what is due. */
  void show(long now) {
    List<Held> due = held.values().stream().filter(late -> late.from() <= now).toList();
    due.forEach(late -> put(late.version()));
  }

  void showAll() {
    show(Long.MAX_VALUE);
  }

  /**
   * Changes in one way.
   *
   * @param likely records of which one is taken half of the time: those just answered
   * @param latest how long a late record is hidden at most, in seconds
   * @return whether that was done; not where there is no record for it
   */
  boolean change(Misbehaviour kind, long now, List<Entry> likely, long latest) {
    switch (kind) {
      case INSERT -> put(created(now));
      case CROWD -> {
        for (int i = 0; i < CROWD; i++) {
          put(created(now));
        }
      }
      case LATE -> {
        Optional<Entry> one = random.nextBoolean() ? any(likely) : Optional.empty();
        Entry version = one.map(record -> record.edited(now)).orElseGet(() -> created(now));
        long hidden = Math.min(60, latest) + random.nextLong(Math.max(1, latest - 60));
        held.put(version.number(), new Held(version, now + hidden));
      }
      case BRING_BACK -> {
        List<Entry> gone = shown.deleted();
        if (gone.isEmpty()) {
          any(likely).ifPresent(record -> put(record.deleted(true, now)));
          return false;
        }
        put(gone.get(random.nextInt(gone.size())).deleted(false, now));
      }
      default -> {
        Optional<Entry> one = any(likely);
        one.ifPresent(record -> put(changed(record, kind, now)));
        return one.isPresent();
      }
    }
    return true;
  }

  private Entry changed(Entry record, Misbehaviour kind, long now) {
    return switch (kind) {
      case EDIT -> record.edited(now);
      case EDIT_SILENTLY -> record.edited(record.updated());
      case UPDATED_BACK -> record.edited(record.updated() - 1 - random.nextInt(DAY));
      case DELETE -> record.deleted(true, now);
      case MOVE -> {
        int days = 1 + random.nextInt(FARTHEST_MOVE);
        yield record.moved(record.happened() - (long) days * DAY, now);
      }
      default -> throw new IllegalArgumentException(kind + " changes no single record");
    };
  }

  private Entry created(long now) {
    lastNumber++;
    long happened = now - random.nextInt(LATEST_HAPPENING);
    return new Entry(lastNumber, 1, now, now, happened, false);
  }

  /** A record that holds, in its latest version. */
  private Optional<Entry> any(List<Entry> likely) {
    List<Entry> all = shown.all(Order.ID);
    if (all.isEmpty()) {
      return Optional.empty();
    }
    List<Entry> from = !likely.isEmpty() && random.nextBoolean() ? likely : all;
    int number = from.get(random.nextInt(from.size())).number();
    Held late = held.get(number);
    return (late == null ? shown.find(number) : Optional.of(late.version()))
        .filter(record -> !record.deleted());
  }

  private void put(Entry version) {
    held.remove(version.number());
    shown.put(version);
  }
}
