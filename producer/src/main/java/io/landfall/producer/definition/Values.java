package io.landfall.producer.definition;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the keys of one group have. */
final class Values {

  private final KeyPath path;
  private final Problems problems;
  private final Map<Key<?>, Object> held = new HashMap<>();

  /** Keys that are written, whether or not their values can be read. */
  private final Map<String, KeyPath> written = new HashMap<>();

  private boolean refused;

  Values(KeyPath path, Problems problems) {
    this.path = path;
    this.problems = problems;
  }

  <T> void read(Key<T> key, org.yaml.snakeyaml.nodes.Node node) {
    KeyPath here = path.to(key.name());
    written.put(key.name(), here);
    Optional<T> value = key.form().read(node, here, problems);
    if (value.isPresent()) {
      held.put(key, value.get());
    } else {
      refused = true;
    }
  }

  boolean isWritten(Key<?> key) {
    return written.containsKey(key.name());
  }

  /** The value of a key that is required, or has something that holds otherwise. */
  <T> T get(Key<T> key) {
    return find(key)
        .or(key::fallback)
        .orElseThrow(() -> new IllegalStateException("Nothing was read for " + key.name()));
  }

  @SuppressWarnings("unchecked") // it was put there by the same key
  <T> Optional<T> find(Key<T> key) {
    @Nullable Object value = held.get(key);
    return Optional.ofNullable((T) value);
  }

  /** The name under which the group stands. */
  String name() {
    return path.name();
  }

  /** Keys that are right one by one, and wrong together. */
  void refuse(String message) {
    refused = true;
    problems.add(path, message);
  }

  void refuse(Key<?> key, String message) {
    refused = true;
    problems.add(path.to(key.name()), message);
  }

  /** Whether one of them is there, and no second. */
  boolean isOneOf(Key<?>... keys) {
    long count = Arrays.stream(keys).filter(this::isWritten).count();
    String names = Arrays.stream(keys).map(Key::name).collect(Collectors.joining(" or "));
    if (count != 1) {
      refuse(
          count == 0
              ? "%s is missing".formatted(names)
              : "expected %s, and only one of them".formatted(names));
    }
    return count == 1;
  }

  void require(Key<?> key) {
    if (key.required() && !isWritten(key)) {
      refuse("%s is missing: %s".formatted(key.name(), key.form().words()));
    }
  }

  boolean isRefused() {
    return refused;
  }
}
