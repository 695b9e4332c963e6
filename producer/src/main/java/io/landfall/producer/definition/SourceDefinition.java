package io.landfall.producer.definition;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One API, as its file describes it.
 *
 * @param name as in the names of all of its topics
 * @param about for people
 * @param api how it is asked
 * @param forEach values by name, for each combination of which every resource is read; empty for
 *     once
 * @param answersTable whether the answers are landed too, as they came
 * @param resources at least one, each with a name of its own
 * @param text the file, word for word: with references to secrets, never with secrets
 */
public record SourceDefinition(
    String name,
    String about,
    ApiDefinition api,
    Map<String, List<String>> forEach,
    boolean answersTable,
    List<ResourceDefinition> resources,
    String text) {

  public SourceDefinition {
    forEach = Collections.unmodifiableMap(new LinkedHashMap<>(forEach));
    resources = List.copyOf(resources);
  }
}
