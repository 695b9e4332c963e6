package io.landfall.producer.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.landfall.producer.definition.FieldDefinition;
import io.landfall.producer.definition.FieldDefinition.Origin;
import io.landfall.producer.definition.ResourceDefinition;
import io.landfall.producer.record.RecordReader;
import io.landfall.producer.record.UnusableBody;
import io.landfall.schemas.ApiAnswer;
import io.landfall.schemas.Item;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Which records answers have, by what tells one from another. Two looks are compared by that, and
 * nothing is made of it: a value is told as the API wrote it.
 */
final class RecordNames {

  private final ResourceDefinition resource;
  private final RecordReader reader;
  private final List<JsonPointer> key;

  /** What all records of the item have in common of their key. */
  private final String ofItem;

  private final boolean isKeyKnown;

  RecordNames(ResourceDefinition resource, Item item) {
    this.resource = resource;
    List<Origin> origins =
        resource.fields().stream()
            .filter(field -> resource.key().contains(field.name()))
            .map(FieldDefinition::origin)
            .toList();
    this.isKeyKnown = origins.stream().noneMatch(Origin.OfAnswer.class::isInstance);
    this.ofItem =
        origins.stream()
            .map(RecordNames::attribute)
            .flatMap(Optional::stream)
            .map(name -> item.getAttributes().getOrDefault(name, "") + "\n")
            .collect(Collectors.joining());
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

  private static Optional<String> attribute(Origin origin) {
    return origin instanceof Origin.OfItem item
        ? Optional.of("item." + item.name())
        : origin instanceof Origin.OfForEach forEach
            ? Optional.of("for." + forEach.name())
            : Optional.empty();
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
    if (resource.deleted().filter(deleted -> deleted.holds(record)).isEmpty()) {
      names.addAll(names(record));
    }
  }

  private List<String> names(JsonNode record) {
    return resource.each().isEmpty()
        ? List.of(name(record, record))
        : StreamSupport.stream(record.at(resource.each().get()).spliterator(), false)
            .map(part -> name(part, record))
            .toList();
  }

  /**
   * What each record says, those that are told to be deleted included: the SHA-256 of it without
   * what does not count, by its name. The last one counts of those with the same name. None where a
   * part of the key stands in the answer beside the records: who is who is not known then.
   *
   * @throws UnusableBody if an answer has no records to be found
   */
  Map<String, String> contents(Collection<ApiAnswer> answers) throws UnusableBody {
    Map<String, String> contents = new HashMap<>();
    if (!isKeyKnown) {
      return contents;
    }
    each(
        answers,
        record -> {
          List<String> names = names(record);
          SameBut.leaveOut(record, resource.ignore());
          String content = Came.sha256(record.toString().getBytes(UTF_8));
          names.forEach(name -> contents.put(name, content));
        });
    return contents;
  }

  private String name(JsonNode part, JsonNode record) {
    StringBuilder name = new StringBuilder(ofItem);
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
