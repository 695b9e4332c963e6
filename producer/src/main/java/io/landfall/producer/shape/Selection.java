package io.landfall.producer.shape;

import io.landfall.schemas.Item;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/**
 * Which items are derived again.
 *
 * @param from only those that have a day on or after it
 * @param to only those that have a day on or before it
 * @param items only those with these keys; empty for any
 */
public record Selection(Optional<LocalDate> from, Optional<LocalDate> to, Set<String> items) {

  public Selection {
    items = Set.copyOf(items);
  }

  boolean includes(Item item) {
    return (items.isEmpty() || items.contains(item.getKey()))
        && from.map(first -> !item.getLastDay().isBefore(first)).orElse(true)
        && to.map(last -> !item.getFirstDay().isAfter(last)).orElse(true);
  }
}
