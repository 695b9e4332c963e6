package io.landfall.producer.rest;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.landfall.producer.definition.FieldDefinition;
import io.landfall.producer.definition.FieldDefinition.Origin;
import io.landfall.producer.definition.ResourceDefinition;
import io.landfall.producer.record.RecordReader;
import io.landfall.producer.record.UnusableBody;
import io.landfall.schemas.ApiAnswer;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Which records answers have, by what tells one from another. Two looks are compared by that, and
 * nothing is made of it: a value is told as the API wrote it.
 */
final class RecordNames {

  private final ResourceDefinition resource;
  private final RecordReader reader;
  private final List<JsonPointer> key;

  RecordNames(ResourceDefinition resource) {
    this.resource = resource;
    this.reader = new RecordReader(resource.records());
    this.key =
        resource.fields().stream()
            .filter(field -> resource.key().contains(field.name()))
            .map(FieldDefinition::origin)
            .flatMap(
                origin ->
                    origin instanceof Origin.OfRecord record
                        ? List.of(record.at()).stream()
                        : List.<JsonPointer>of().stream())
            .toList();
  }

  /**
   * Those of all answers; where a record has parts, those of the parts.
   *
   * @throws UnusableBody if one has no records to be found
   */
  Set<String> of(Collection<ApiAnswer> answers) throws UnusableBody {
    Set<String> names = new HashSet<>();
    each(answers, record -> addTo(names, record));
    return names;
  }

  private void addTo(Set<String> names, JsonNode record) {
    if (resource.deleted().filter(deleted -> deleted.holds(record)).isPresent()) {
      return;
    }
    if (resource.each().isEmpty()) {
      names.add(name(record, record));
      return;
    }
    for (JsonNode part : record.at(resource.each().get())) {
      names.add(name(part, record));
    }
  }

  private String name(JsonNode part, JsonNode record) {
    StringBuilder name = new StringBuilder();
    for (JsonPointer pointer : key) {
      JsonNode own = part.at(pointer);
      name.append((own.isMissingNode() ? record.at(pointer) : own).toString()).append('\n');
    }
    return name.toString();
  }

  /**
   * Every record of answers, one after the other.
   *
   * @throws UnusableBody if one has no records to be found
   */
  void each(Collection<ApiAnswer> answers, Consumer<JsonNode> taker) throws UnusableBody {
    for (ApiAnswer answer : answers) {
      byte[] body = bytes(answer.getBody());
      if (body.length > 0) {
        reader.read(body).forEach(record -> taker.accept(record.value()));
      }
    }
  }

  static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
