package io.landfall.producer.record;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.landfall.producer.definition.Condition;
import io.landfall.producer.definition.FieldDefinition.Origin;
import io.landfall.producer.definition.ResourceDefinition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What records say and no column takes, by place: values of objects, however deep; a list is one
 * value. For one thread.
 */
public final class UndeclaredFields {

  /** A record whose names are values has no end of them. */
  private static final int MOST_PLACES = 1_000;

  private final List<String> declared = new ArrayList<>();
  private final Map<String, Long> counts = new TreeMap<>();

  public UndeclaredFields(ResourceDefinition resource) {
    resource.fields().stream()
        .map(field -> field.origin())
        .filter(Origin.OfRecord.class::isInstance)
        .forEach(origin -> declare(((Origin.OfRecord) origin).at()));
    Stream.of(
            resource.sourceVersion().stream(),
            resource.deleted().map(Condition::at).stream(),
            resource.each().stream(),
            resource.ignore().stream())
        .flatMap(places -> places)
        .forEach(this::declare);
  }

  private void declare(JsonPointer at) {
    declared.add(at + "/");
  }

  /** Looks at one more record. */
  public void add(JsonNode record) {
    add("", record);
  }

  private void add(String at, JsonNode value) {
    String place = at + "/";
    if (declared.stream().anyMatch(place::startsWith)) {
      return;
    }
    if (value.isObject()) {
      value
          .properties()
          .forEach(
              member ->
                  add(
                      place + member.getKey().replace("~", "~0").replace("/", "~1"),
                      member.getValue()));
    } else if (!value.isNull()
        && declared.stream().noneMatch(other -> other.startsWith(place))
        && (counts.containsKey(at) || counts.size() < MOST_PLACES)) {
      counts.merge(at, 1L, Long::sum);
    }
  }

  /** In how many records there is something at each place (a JSON Pointer), in their order. */
  public Map<String, Long> counts() {
    return Collections.unmodifiableMap(counts);
  }
}
