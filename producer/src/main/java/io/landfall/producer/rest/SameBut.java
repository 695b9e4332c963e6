package io.landfall.producer.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.producer.definition.Reading.Ask;
import io.landfall.producer.definition.Reading.Changes;
import io.landfall.producer.definition.Reading.Whole;
import io.landfall.producer.definition.Reading.Windows;
import io.landfall.producer.definition.ResourceDefinition;
import io.landfall.producer.source.JsonLimits;
import io.landfall.schemas.ApiAnswer;
import io.landfall.schemas.Item;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether answers are the same but for what says nothing: when they were made, for example. */
final class SameBut {

  private static final JsonMapper JSON = new JsonMapper(JsonLimits.factoryOfRecords().build());

  private SameBut() {}

  /**
   * Whether two looks are the same.
   *
   * @param leftOut by endpoint, what does not count
   */
  static boolean areSame(
      List<ApiAnswer> some, List<ApiAnswer> others, Function<String, List<JsonPointer>> leftOut) {
    Map<String, ApiAnswer> byEndpoint =
        others.stream().collect(Collectors.toMap(ApiAnswer::getEndpoint, one -> one));
    return some.size() == others.size()
        && some.stream()
            .allMatch(
                one -> {
                  ApiAnswer other = byEndpoint.get(one.getEndpoint());
                  return other != null && areSame(one, other, leftOut.apply(one.getEndpoint()));
                });
  }

  private static boolean areSame(ApiAnswer one, ApiAnswer other, List<JsonPointer> leftOut) {
    if (one.getSha256().equals(other.getSha256())) {
      return true;
    }
    if (leftOut.isEmpty()) {
      return false;
    }
    try {
      return without(one, leftOut).equals(without(other, leftOut));
    } catch (IOException e) {
      return false; // What is no JSON is the same only byte for byte.
    }
  }

  /** What says nothing in an answer to a request of an item, by its definition. */
  static List<JsonPointer> leftOut(ResourceDefinition resource, Item item, String endpoint) {
    String kind = Items.kind(item);
    boolean isListed = kind.equals(Items.LISTED);
    Stream<Ask> asks =
        switch (kind) {
          case Items.WINDOWS -> resource.windows().map(Windows::ask).stream();
          case Items.CHANGES -> resource.changes().map(Changes::ask).stream();
          case Items.WHOLE -> resource.whole().map(Whole::ask).stream();
          default -> resource.listed().stream().flatMap(listed -> listed.asks().stream());
        };
    return asks.filter(ask -> endpoint.startsWith(Came.prefix(ask, isListed) + "page-"))
        .findFirst()
        .map(Ask::sameButFor)
        .orElse(List.of());
  }

  /** What is left of an answer's body without that. */
  static byte[] compared(ApiAnswer answer, List<JsonPointer> leftOut) {
    byte[] body = RecordNames.bytes(answer.getBody());
    if (leftOut.isEmpty()) {
      return body;
    }
    try {
      return without(answer, leftOut).toString().getBytes(UTF_8);
    } catch (IOException e) {
      return body; // What is no JSON is compared byte for byte.
    }
  }

  static JsonNode tree(ApiAnswer answer) throws IOException {
    return JSON.readTree(RecordNames.bytes(answer.getBody()));
  }

  private static JsonNode without(ApiAnswer answer, List<JsonPointer> leftOut) throws IOException {
    JsonNode tree = tree(answer);
    leaveOut(tree, leftOut);
    return tree;
  }

  /** Takes values out of a tree. */
  static void leaveOut(JsonNode tree, List<JsonPointer> leftOut) {
    for (JsonPointer pointer : leftOut) {
      JsonPointer parent = pointer.head();
      JsonPointer last = pointer.last();
      if (parent == null || last == null) {
        continue;
      }
      JsonNode at = tree.at(parent);
      if (at instanceof ObjectNode object) {
        object.remove(last.getMatchingProperty());
      } else if (at instanceof ArrayNode array && array.has(last.getMatchingIndex())) {
        array.set(last.getMatchingIndex(), array.nullNode());
      }
    }
  }
}
