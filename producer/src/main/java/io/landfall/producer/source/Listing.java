package io.landfall.producer.source;

import io.landfall.schemas.Item;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/**
 * What an API lists.
 *
 * @param items in the order of their days, each key once
 * @param days those of which the API has told all items, if any
 * @param problems for each part that could not be listed, which and why; empty when all was
 */
public record Listing(List<Item> items, Set<LocalDate> days, List<String> problems) {
  public Listing {
    items = List.copyOf(items);
    days = Set.copyOf(days);
    problems = List.copyOf(problems);
  }
}
