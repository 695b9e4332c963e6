package io.landfall.producer.source;

import io.landfall.schemas.Item;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What an API lists.
 *
 * @param items in the order of their days, each key once
 * @param days those of which the API has told all items, if any
 * @param problems for each part that could not be listed, which and why; empty when all was
 * @param notes what is odd about what was listed all the same
 */
public record Listing(
    List<Item> items, Set<LocalDate> days, List<String> problems, List<String> notes) {
  public Listing {
    items = List.copyOf(items);
    Set<String> keys = new HashSet<>();
    for (Item item : items) {
      if (!keys.add(item.getKey())) {
        throw new IllegalArgumentException("Item %s is listed twice".formatted(item.getKey()));
      }
      if (item.getKey().isEmpty() || item.getKey().startsWith("_")) {
        throw new IllegalArgumentException(
            "An item's key is not empty and does not begin with an underscore: \"%s\""
                .formatted(item.getKey()));
      }
    }
    days = Set.copyOf(days);
    problems = List.copyOf(problems);
    notes = List.copyOf(notes);
  }

  /** One with nothing odd about it. */
  public Listing(List<Item> items, Set<LocalDate> days, List<String> problems) {
    this(items, days, problems, List.of());
  }
}
