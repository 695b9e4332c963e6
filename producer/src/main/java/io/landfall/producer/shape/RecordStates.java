package io.landfall.producer.shape;

import io.landfall.schemas.HashSum;
import io.landfall.schemas.RecordInForce;
import io.landfall.schemas.RecordsOfItem;
import io.landfall.schemas.SingleObjectFormat;
import io.landfall.schemas.SingleObjectFormat.Undecodable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What is in force of rows that are each for themselves, with what one record of the archive
 * changes: that is in the store only once it is written, all of it.
 *
 * <p>The store holds the item's state under its key, a row's under {@code _record/ROW}, and under
 * {@code _owned/ITEM NUL ROW} that a row counts to an item.
 */
final class RecordStates {

  private static final SingleObjectFormat<RecordInForce> RECORDS =
      SingleObjectFormat.of(RecordInForce.class);
  private static final SingleObjectFormat<RecordsOfItem> ITEMS =
      SingleObjectFormat.of(RecordsOfItem.class);

  /** No item's key begins with an underscore. */
  private static final String RECORD = "_record/";

  private static final String OWNED = "_owned/";
  private static final byte[] NOTHING = {};

  private final KeyValueStore<String, byte[]> store;
  private final Map<String, RecordInForce> records = new LinkedHashMap<>();
  private final Map<String, Boolean> owned = new LinkedHashMap<>();
  private final Map<String, Tally> items = new TreeMap<>();

  /** An item, as its rows come and go. */
  static final class Tally {
    private final RecordsOfItem before;
    private final HashSum sum;
    private int rows;
    private boolean changed;

    private Tally(RecordsOfItem before) {
      this.before = before;
      this.sum = HashSum.of(before.getSum());
      this.rows = before.getRows();
    }

    void add(byte[] hash) {
      sum.add(hash);
      rows++;
      changed = true;
    }

    void subtract(byte[] hash) {
      sum.subtract(hash);
      rows--;
      changed = true;
    }

    /** Whatever became of its rows, something was written for it. */
    void touch() {
      changed = true;
    }

    boolean isChanged() {
      return changed;
    }

    RecordsOfItem now() {
      return RecordsOfItem.newBuilder(before)
          .setRevision(before.getRevision() + (changed ? 1 : 0))
          .setRows(rows)
          .setSum(sum.digits())
          .build();
    }
  }

  RecordStates(KeyValueStore<String, byte[]> store) {
    this.store = store;
  }

  /** The state of an item before anything was shaped of it. */
  private static RecordsOfItem nothingYet() {
    return new RecordsOfItem(
        0, 0, new HashSum().digits(), "", -1L, Instant.EPOCH, Instant.EPOCH, 0, true, 0);
  }

  RecordsOfItem item(String key) {
    byte @Nullable [] stored = store.get(key);
    try {
      return stored == null ? nothingYet() : ITEMS.decode(stored);
    } catch (Undecodable e) {
      throw unreadable("item " + key, e);
    }
  }

  /** The item with what has changed of its rows so far. */
  Tally tally(String key) {
    return items.computeIfAbsent(key, item -> new Tally(item(item)));
  }

  /** The items that were touched, by their keys. */
  Map<String, Tally> tallies() {
    return items;
  }

  @Nullable RecordInForce record(String row) {
    RecordInForce changed = records.get(row);
    if (changed != null) {
      return changed;
    }
    byte @Nullable [] stored = store.get(RECORD + row);
    try {
      return stored == null ? null : RECORDS.decode(stored);
    } catch (Undecodable e) {
      throw unreadable("row " + row, e);
    }
  }

  private static IllegalStateException unreadable(String what, Undecodable cause) {
    return new IllegalStateException(
        "The state of %s cannot be read, and without it nobody knows what is in force: %s"
            .formatted(what, cause.getMessage()),
        cause);
  }

  void put(String row, RecordInForce state) {
    records.put(row, state);
  }

  static boolean isInForce(@Nullable RecordInForce state) {
    return state != null && state.getRevision() > 0 && !state.getRetracted();
  }

  void own(String item, String row) {
    owned.put(owned(item, row), true);
  }

  void disown(String item, String row) {
    owned.put(owned(item, row), false);
  }

  private static String owned(String item, String row) {
    return OWNED + item + '\0' + row;
  }

  /** Each row in force that counted to an item before, with its state now. */
  void ofItem(String item, BiConsumer<String, RecordInForce> action) {
    String prefix = owned(item, "");
    try (KeyValueIterator<String, byte[]> entries =
        store.prefixScan(prefix, Serdes.String().serializer())) {
      while (entries.hasNext()) {
        String row = entries.next().key.substring(prefix.length());
        RecordInForce state = record(row);
        if (state != null && isInForce(state) && state.getItem().equals(item)) {
          action.accept(row, state);
        }
      }
    }
  }

  /** Writes all that has changed but for the items, which say more than that. */
  void write() {
    records.forEach((row, state) -> store.put(RECORD + row, RECORDS.encode(state)));
    owned.forEach(
        (key, isOwned) -> {
          if (isOwned) {
            store.put(key, NOTHING);
          } else {
            store.delete(key);
          }
        });
  }

  void write(String item, RecordsOfItem state) {
    store.put(item, ITEMS.encode(state));
  }
}
