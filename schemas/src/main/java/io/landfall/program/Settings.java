package io.landfall.program;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The values of a verb's settings and where each came from: flag, environment, file or default. */
public final class Settings {

  static final String ENVIRONMENT_PREFIX = "LANDFALL_";

  /** Variables that the landfall script reads, not the programs. */
  private static final Set<String> OF_THE_SCRIPT = Set.of("LANDFALL_JAVA_OPTS", "LANDFALL_CONFIG");

  private record Value(Object parsed, String text, String origin) {

    /** As its user would write it; a path as what became of it. */
    String shown() {
      return parsed instanceof Path || parsed instanceof TableLocation ? parsed.toString() : text;
    }
  }

  private final Map<Setting<?>, Value> values;
  private final Map<String, Given> passedThrough;

  private Settings(Map<Setting<?>, Value> values, Map<String, Given> passedThrough) {
    this.values = values;
    this.passedThrough = passedThrough;
  }

  /**
   * Finds each setting's value. Flag before environment before file before default.
   *
   * @param wanted the settings that the verb reads
   * @param known every setting of every program: a file or an environment may serve them all
   * @param flags what stood on the command line, by key
   * @throws InvalidSettings with every problem: unknown keys, bad values, missing ones
   */
  public static Settings resolve(
      Collection<Setting<?>> wanted,
      Collection<Setting<?>> known,
      Map<String, String> flags,
      Map<String, String> environment,
      Optional<Path> file)
      throws InvalidSettings {
    List<String> problems = new ArrayList<>();
    Map<String, String> fromFile = read(file, known, problems);
    checkEnvironment(environment, known, problems);
    Map<Setting<?>, Value> values = new LinkedHashMap<>();
    for (Setting<?> setting : wanted) {
      Optional<Given> given = given(setting, flags, environment, fromFile, file);
      if (given.isEmpty() && setting.required()) {
        problems.add(missing(setting));
      }
      given.ifPresent(found -> parse(setting, found, values, problems));
    }
    Map<String, Given> passedThrough = passedThrough(flags, environment, fromFile, file, problems);
    Settings settings = new Settings(values, passedThrough);
    if (!problems.isEmpty()) {
      throw new InvalidSettings(problems, settings);
    }
    return settings;
  }

  /** The value of a setting that is required or has a default. */
  public <T> T get(Setting<T> setting) {
    return find(setting)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "No verb reads " + setting.key() + " without declaring it"));
  }

  /** The value of a setting, if it has one. */
  @SuppressWarnings("unchecked") // parse put the setting's own type there
  public <T> Optional<T> find(Setting<T> setting) {
    return Optional.ofNullable(values.get(setting)).map(value -> (T) value.parsed());
  }

  /** Where a value came from, as a user would say it; empty if the setting has no value. */
  public Optional<String> origin(Setting<?> setting) {
    return Optional.ofNullable(values.get(setting)).map(Value::origin);
  }

  /**
   * The settings that are handed on, by their names there: without the prefix for Kafka and
   * Streams, with it for Spark.
   */
  public Map<String, String> passedThrough(PassThrough to) {
    Map<String, String> handedOn = new TreeMap<>();
    passedThrough.forEach(
        (key, given) -> {
          if (key.startsWith(to.prefix())) {
            handedOn.put(
                to == PassThrough.SPARK ? key : key.substring(to.prefix().length()), given.text());
          }
        });
    return handedOn;
  }

  /** Every value with its origin, as lines of a table; secrets are masked. */
  public List<String> described() {
    List<Described> all = new ArrayList<>();
    values.forEach(
        (setting, value) -> all.add(new Described(setting.key(), value.shown(), value.origin())));
    new TreeMap<>(passedThrough)
        .forEach(
            (key, given) ->
                all.add(
                    new Described(
                        key, PassThrough.isSecret(key) ? "***" : given.text(), given.origin())));
    int keys = all.stream().mapToInt(one -> one.key().length()).max().orElse(1);
    int shown = all.stream().mapToInt(one -> one.value().length()).max().orElse(1);
    String line = "%-" + keys + "s  %-" + Math.max(shown, 1) + "s  %s";
    return all.stream().map(one -> line.formatted(one.key(), one.value(), one.origin())).toList();
  }

  private record Described(String key, String value, String origin) {}

  private record Given(String text, String origin) {}

  private static Map<String, Given> passedThrough(
      Map<String, String> flags,
      Map<String, String> environment,
      Map<String, String> fromFile,
      Optional<Path> file,
      List<String> problems) {
    Map<String, Given> found = new TreeMap<>();
    fromFile.forEach(
        (key, text) -> found.put(key, new Given(text, key + " in " + file.orElseThrow())));
    environment.forEach(
        (variable, text) -> {
          if (variable.startsWith(ENVIRONMENT_PREFIX)) {
            PassThrough.keyOf(variable)
                .ifPresent(
                    key -> found.put(key, new Given(text, "environment variable " + variable)));
          }
        });
    flags.forEach((key, text) -> found.put(key, new Given(text, "--" + key)));
    found.keySet().removeIf(key -> !PassThrough.isPassedThrough(key));
    found.forEach(
        (key, given) -> {
          PassThrough.refusal(key).ifPresent(why -> problems.add(given.origin() + ": " + why));
          if (given.origin().startsWith("--") && PassThrough.isSecret(key)) {
            problems.add(
                given.origin()
                    + ": a secret on the command line can be seen by others; give it in the environment or in a file");
          }
        });
    return found;
  }

  private static Optional<Given> given(
      Setting<?> setting,
      Map<String, String> flags,
      Map<String, String> environment,
      Map<String, String> fromFile,
      Optional<Path> file) {
    String variable = setting.environmentVariable();
    return Optional.ofNullable(flags.get(setting.key()))
        .map(text -> new Given(text, setting.flag()))
        .or(
            () ->
                Optional.ofNullable(environment.get(variable))
                    .map(text -> new Given(text, "environment variable " + variable)))
        .or(
            () ->
                Optional.ofNullable(fromFile.get(setting.key()))
                    .map(text -> new Given(text, setting.key() + " in " + file.orElseThrow())))
        .or(() -> setting.defaultText().map(text -> new Given(text, "default")));
  }

  private static <T> void parse(
      Setting<T> setting, Given given, Map<Setting<?>, Value> values, List<String> problems) {
    try {
      values.put(
          setting, new Value(setting.parser().apply(given.text()), given.text(), given.origin()));
    } catch (IllegalArgumentException e) {
      problems.add("%s: \"%s\": %s".formatted(given.origin(), given.text(), e.getMessage()));
    }
  }

  private static String missing(Setting<?> setting) {
    return setting.form() == Setting.Form.ARGUMENT
        ? "%s is missing: %s".formatted(setting.placeholder(), setting.description())
        : "--%s is missing (or %s, or %s in the file of --config): %s"
            .formatted(
                setting.key(), setting.environmentVariable(), setting.key(), setting.description());
  }

  private static void checkEnvironment(
      Map<String, String> environment, Collection<Setting<?>> known, List<String> problems) {
    Map<String, Setting<?>> byVariable =
        known.stream()
            .collect(
                Collectors.toMap(Setting::environmentVariable, Function.identity(), (a, b) -> a));
    for (String variable : new TreeMap<>(environment).keySet()) {
      if (variable.startsWith(ENVIRONMENT_PREFIX)
          && !byVariable.containsKey(variable)
          && PassThrough.keyOf(variable).isEmpty()
          && !OF_THE_SCRIPT.contains(variable)) {
        problems.add("environment variable %s: no such setting".formatted(variable));
      }
    }
  }

  private static Map<String, String> read(
      Optional<Path> file, Collection<Setting<?>> known, List<String> problems) {
    if (file.isEmpty()) {
      return Map.of();
    }
    Path path = file.get();
    JsonNode root;
    try {
      root = new YAMLMapper().readTree(Files.readString(path));
    } catch (JsonProcessingException e) {
      problems.add("%s is not YAML: %s".formatted(path, e.getOriginalMessage()));
      return Map.of();
    } catch (IOException e) {
      problems.add("%s cannot be read: %s".formatted(path, e));
      return Map.of();
    }
    if (root.isMissingNode() || root.isNull()) {
      return Map.of();
    }
    if (!root.isObject()) {
      problems.add("%s: expected lines of the form key: value".formatted(path));
      return Map.of();
    }
    Set<String> keys = known.stream().map(Setting::key).collect(Collectors.toSet());
    Map<String, String> found = new LinkedHashMap<>();
    flatten("", root, found, path, problems);
    for (String key : List.copyOf(found.keySet())) {
      if (!keys.contains(key) && !PassThrough.isPassedThrough(key)) {
        problems.add("%s in %s: no such setting".formatted(key, path));
        found.remove(key);
      }
    }
    return found;
  }

  /** {@code kafka:} with keys below it is the same as keys that begin with {@code kafka.}. */
  private static void flatten(
      String prefix, JsonNode node, Map<String, String> found, Path path, List<String> problems) {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String key = prefix + entry.getKey();
      JsonNode value = entry.getValue();
      if (value.isObject()) {
        flatten(key + ".", value, found, path, problems);
      } else if (!value.isValueNode() || value.isNull()) {
        problems.add("%s in %s: expected a single value".formatted(key, path));
      } else {
        found.put(key, value.asText());
      }
    }
  }
}
