package io.landfall.producer.rest.ask;

import com.fasterxml.jackson.core.JsonPointer;
import io.landfall.producer.definition.FieldDefinition;
import io.landfall.producer.definition.FieldDefinition.Origin.OfRecord;
import io.landfall.producer.definition.Reading;
import io.landfall.producer.definition.Reading.Ask;
import io.landfall.producer.definition.RecordForm;
import io.landfall.producer.definition.ResourceDefinition;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one look is to bring.
 *
 * @param ask what is asked
 * @param values for its placeholders; {@code since} as {@link CursorForm#sent} writes it
 * @param records where they are in an answer
 * @param key where a record has what tells it from others; empty where only all of it does
 * @param changes in which order they come, if changes are asked for
 * @param validator what the last look gave, if only what is new since is wanted
 * @param mostBytes of bodies, after which a look that is not at its end ends all the same
 */
public record Question(
    Ask ask,
    Map<String, String> values,
    RecordForm records,
    List<JsonPointer> key,
    Optional<Changes> changes,
    Optional<String> validator,
    long mostBytes) {

  /** The bytes of a look that nobody bounds. */
  public static final long MOST_BYTES = 256L * 1024 * 1024;

  /** How changes come. */
  public record Changes(Reading.Cursor cursor, Reading.Order order) {}

  public Question {
    values = Map.copyOf(values);
    key = List.copyOf(key);
  }

  /** For all that there is. */
  public Question(Ask ask, Map<String, String> values, RecordForm records, List<JsonPointer> key) {
    this(ask, values, records, key, Optional.empty(), Optional.empty(), MOST_BYTES);
  }

  /** For records of a resource. */
  public static Question of(ResourceDefinition resource, Ask ask, Map<String, String> values) {
    return new Question(ask, values, resource.records(), keyOf(resource));
  }

  /** For changes, from the position that is among the values. */
  public Question by(Reading.Cursor cursor, Reading.Order order) {
    return new Question(
        ask, values, records, key, Optional.of(new Changes(cursor, order)), validator, mostBytes);
  }

  /** Only if something is new since the look that gave this. */
  public Question unless(String lastValidator) {
    return new Question(ask, values, records, key, changes, Optional.of(lastValidator), mostBytes);
  }

  public Question within(long bytes) {
    return new Question(ask, values, records, key, changes, validator, bytes);
  }

  /** Of a record with parts, each part may have some of the key: then only all of it tells. */
  private static List<JsonPointer> keyOf(ResourceDefinition resource) {
    if (resource.each().isPresent()) {
      return List.of();
    }
    return resource.fields().stream()
        .filter(field -> resource.key().contains(field.name()))
        .map(FieldDefinition::origin)
        .flatMap(
            origin ->
                origin instanceof OfRecord record
                    ? Optional.of(record.at()).stream()
                    : Optional.<JsonPointer>empty().stream())
        .toList();
  }
}
