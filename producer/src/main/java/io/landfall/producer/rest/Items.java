package io.landfall.producer.rest;

import io.landfall.producer.source.Sequel;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemState;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How the items of a source are called, and what each carries: all that is needed to ask for it and
 * to shape it.
 */
final class Items {

  static final String RESOURCE = "resource";
  static final String KIND = "kind";
  static final String FROM = "from";
  static final String TO = "to";
  static final String WINDOWS = "windows";
  static final String CHANGES = "changes";
  static final String LISTED = "listed";
  static final String WHOLE = "whole";

  private static final String FIRST_RUN = Sequel.FIRST + "run";
  private static final String FOR = "for.";
  private static final String ITEM = "item.";

  private Items() {}

  /** Every combination of the values that a source is read for; one without values for none. */
  static List<Map<String, String>> combinations(Map<String, List<String>> forEach) {
    List<Map<String, String>> all = List.of(Map.of());
    for (Map.Entry<String, List<String>> one : forEach.entrySet()) {
      List<Map<String, String>> more = new ArrayList<>();
      for (Map<String, String> before : all) {
        for (String value : one.getValue()) {
          Map<String, String> with = new LinkedHashMap<>(before);
          with.put(one.getKey(), value);
          more.add(with);
        }
      }
      all = more;
    }
    return all;
  }

  /** One that is there from the beginning on and can always be asked for. */
  static Item standing(
      String resource, String kind, Map<String, String> forEach, LocalDate beginning) {
    return new Item(
        key(resource, kind, forEach),
        beginning,
        beginning,
        label(resource + " " + kind, forEach),
        ItemState.AVAILABLE,
        attributes(resource, kind, forEach));
  }

  /** The same, which remembers when it was named first. */
  static Item since(Instant firstRun, Item item) {
    Map<String, String> attributes = new HashMap<>(item.getAttributes());
    attributes.put(FIRST_RUN, firstRun.toString());
    return Item.newBuilder(item).setAttributes(attributes).build();
  }

  /** When an item was named first, if it remembers. */
  static Optional<Instant> firstRun(Item item) {
    return Optional.ofNullable(item.getAttributes().get(FIRST_RUN)).map(Instant::parse);
  }

  /** A stretch of time. */
  static Item window(String resource, Map<String, String> forEach, Stretch stretch) {
    Map<String, String> attributes = attributes(resource, WINDOWS, forEach);
    attributes.put(FROM, stretch.from().toString());
    attributes.put(TO, stretch.to().toString());
    return new Item(
        key(resource, stretch.name(), forEach),
        stretch.firstDay(),
        stretch.lastDay(),
        label(resource + " " + stretch.name(), forEach),
        ItemState.AVAILABLE,
        attributes);
  }

  /**
   * One that something lists.
   *
   * @param values its own; the first names it
   */
  static Item listed(
      String resource,
      Map<String, String> forEach,
      Map<String, String> values,
      Map<String, String> again,
      ItemState state,
      LocalDate day) {
    Map<String, String> attributes = attributes(resource, LISTED, forEach);
    values.forEach((name, value) -> attributes.put(ITEM + name, value));
    attributes.putAll(again);
    String id = values.values().iterator().next();
    String parent = key(resource, "", forEach);
    return new Item(
        parent + "/" + escaped(id),
        day,
        day,
        label(resource + " " + id, forEach),
        state,
        attributes);
  }

  private static Map<String, String> attributes(
      String resource, String kind, Map<String, String> forEach) {
    Map<String, String> attributes = new HashMap<>();
    attributes.put(RESOURCE, resource);
    attributes.put(KIND, kind);
    forEach.forEach((name, value) -> attributes.put(FOR + name, value));
    return attributes;
  }

  private static String key(String resource, String name, Map<String, String> forEach) {
    StringBuilder key = new StringBuilder(resource);
    if (!name.isEmpty()) {
      key.append('/').append(name);
    }
    forEach.values().forEach(value -> key.append('/').append(escaped(value)));
    return key.toString();
  }

  private static String label(String name, Map<String, String> forEach) {
    return forEach.isEmpty() ? name : name + " of " + String.join(", ", forEach.values());
  }

  /** As in a row's key. */
  private static String escaped(String value) {
    return value.replace("%", "%25").replace("/", "%2F");
  }

  static String resource(Item item) {
    return item.getAttributes().getOrDefault(RESOURCE, "");
  }

  static String kind(Item item) {
    return item.getAttributes().getOrDefault(KIND, "");
  }

  /** What the source was read for when the item was named. */
  static Map<String, String> forEach(Item item) {
    return under(FOR, item);
  }

  /** The same, in the order of the definition, which is that of keys. */
  static Map<String, String> forEach(Item item, Set<String> order) {
    Map<String, String> found = forEach(item);
    Map<String, String> ordered = new LinkedHashMap<>();
    order.forEach(name -> ordered.put(name, found.getOrDefault(name, "")));
    return ordered;
  }

  /** What the placeholders of its requests are replaced with. */
  static Map<String, String> values(Item item) {
    Map<String, String> values = new HashMap<>(forEach(item));
    values.putAll(under(ITEM, item));
    for (String name : List.of(FROM, TO)) {
      String value = item.getAttributes().get(name);
      if (value != null) {
        values.put(name, value);
      }
    }
    return values;
  }

  private static Map<String, String> under(String prefix, Item item) {
    return item.getAttributes().entrySet().stream()
        .filter(one -> one.getKey().startsWith(prefix))
        .collect(
            Collectors.toMap(
                one -> one.getKey().substring(prefix.length()),
                Map.Entry::getValue,
                (one, other) -> other,
                TreeMap::new));
  }
}
