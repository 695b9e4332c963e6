package io.landfall.producer.infer;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.landfall.producer.definition.FieldDefinition;
import io.landfall.producer.definition.FieldDefinition.Origin;
import io.landfall.producer.definition.ResourceDefinition;
import io.landfall.producer.record.ApiRecord;
import io.landfall.producer.record.RecordReader;
import io.landfall.producer.record.UnusableBody;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The fields that records have and their definition does not. */
public final class Undeclared {

  private final ResourceDefinition resource;
  private final Set<String> declared;

  public Undeclared(ResourceDefinition resource) {
    this.resource = resource;
    this.declared =
        Stream.of(
                resource.fields().stream()
                    .map(FieldDefinition::origin)
                    .filter(Origin.OfRecord.class::isInstance)
                    .map(origin -> ((Origin.OfRecord) origin).at()),
                resource.deleted().stream().map(condition -> condition.at()),
                resource.sourceVersion().stream(),
                resource.each().stream(),
                resource.ignore().stream())
            .flatMap(pointers -> pointers)
            .map(JsonPointer::toString)
            .collect(Collectors.toSet());
  }

  /** A line of YAML for each, in the order in which the records have them. */
  public List<String> in(List<byte[]> bodies) {
    List<JsonNode> records = new ArrayList<>();
    RecordReader reader = new RecordReader(resource.records());
    for (byte[] body : bodies) {
      try {
        reader.read(body).stream().map(ApiRecord::value).forEach(records::add);
      } catch (UnusableBody e) {
        // It has no records, and whoever looks at it is told of that.
      }
    }
    Set<JsonPointer> places = new LinkedHashSet<>();
    records.forEach(record -> places(record, JsonPointer.empty(), places));
    return Values.at(places, records).stream()
        .map(values -> Draft.line(Draft.snake(values.name()), values))
        .toList();
  }

  /** Those that nothing declared has, or is in; below what is partly declared, the rest. */
  private void places(JsonNode node, JsonPointer at, Set<JsonPointer> places) {
    if (declared.contains(at.toString())) {
      return;
    }
    boolean isPartlyDeclared =
        at.matches() || declared.stream().anyMatch(one -> one.startsWith(at + "/"));
    if (node.isObject() && isPartlyDeclared) {
      node.properties()
          .forEach(member -> places(member.getValue(), at.appendProperty(member.getKey()), places));
    } else if (!isPartlyDeclared) {
      places.add(at);
    }
  }
}
