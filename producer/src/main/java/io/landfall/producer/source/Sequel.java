package io.landfall.producer.source;

import io.landfall.schemas.Item;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What follows from a look, beside what is held: recorded together with that, or not at all.
 *
 * @param position where the next look goes on; empty where that is as it was before
 * @param next when the item is looked at again, where nothing failed
 * @param named items that the look names: they are expected, or due again where what they carry
 *     under {@link #AGAIN} is another value than before
 * @param inParts whether answers that do not fit into one record may be archived in several
 * @param notes what somebody should know
 */
public record Sequel(
    Optional<Map<String, String>> position,
    Next next,
    List<Item> named,
    boolean inParts,
    List<String> notes) {

  /** The beginning of the names of attributes that make an item due again when they change. */
  public static final String AGAIN = "again.";

  /** The beginning of the names of attributes that stay as an item was listed with first. */
  public static final String FIRST = "first.";

  /** Nothing but what always follows. */
  public static final Sequel NONE =
      new Sequel(Optional.empty(), new Next.AsUsual(), List.of(), false, List.of());

  public Sequel {
    position = position.map(Map::copyOf);
    named = List.copyOf(named);
    notes = List.copyOf(notes);
  }

  /** When an item is looked at again. */
  public sealed interface Next {
    /** By the pauses of the ledger. */
    record AsUsual() implements Next {}

    /** In the same run: there is more to ask for. */
    record AtOnce() implements Next {}

    /** Not before then. */
    record At(Instant time) implements Next {}

    /** Not by itself. */
    record Never() implements Next {}
  }
}
