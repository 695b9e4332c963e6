package io.landfall.producer.definition;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.Set;

/**
 * Whether a record has one of some values at a place.
 *
 * @param in values as text; a number or a truth value as JSON writes it
 */
public record Condition(JsonPointer at, Set<String> in) {
  public Condition {
    in = Set.copyOf(in);
  }
}
