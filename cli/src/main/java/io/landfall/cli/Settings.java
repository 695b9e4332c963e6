package io.landfall.cli;

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
import org.apache.kafka.common.acl.AclBinding;

/**
 * The values of a command's settings and where each came from: flag, environment, file or default.
 */
public final class Settings {

  static final String ENVIRONMENT_PREFIX = "LANDFALL_";

  /** Variables that the landfall script reads, not the programs. */
  private static final Set<String> OF_THE_SCRIPT =
      Set.of("LANDFALL_JAVA_OPTS", Arguments.CONFIG_VARIABLE);

  /**
   * A value and where it came from.
   *
   * @param parsed empty if there is none, or the text is wrong
   * @param text as its user wrote it
   */
  private record Value(Optional<Object> parsed, String text, String origin) {

    private static final Value NONE = new Value(Optional.empty(), "-", "not set");

    Value of(String dataset) {
      return new Value(
          parsed.map(value -> value instanceof TableLocation table ? table.of(dataset) : value),
          text,
          origin);
    }

    /** As its user would write it; a path as what became of it. */
    String shown() {
      return parsed
          .filter(value -> value instanceof Path || value instanceof TableLocation)
          .filter(value -> !References.isIn(text))
          .map(Object::toString)
          .orElse(text);
    }
  }

  private final Map<String, Value> values;
  private final Map<String, Given> passedThrough;
  private final List<AclBinding> rights;

  private Settings(
      Map<String, Value> values, Map<String, Given> passedThrough, List<AclBinding> rights) {
    this.values = values;
    this.passedThrough = passedThrough;
    this.rights = rights;
  }

  /**
   * Finds each setting's value. Flag before environment before file before default.
   *
   * @param wanted the settings that the command reads
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
    References references = new References(environment);
    Map<String, Value> values = new LinkedHashMap<>();
    for (Setting<?> setting : wanted) {
      Optional<Given> given = given(setting, flags, environment, fromFile, file);
      if (given.isEmpty() && setting.required()) {
        problems.add(missing(setting));
      }
      given
          .filter(found -> isSecretFlag(setting.key(), found))
          .ifPresent(found -> problems.add(onTheCommandLine(found)));
      values.put(
          setting.key(),
          given.map(found -> parse(setting, found, references, problems)).orElse(Value.NONE));
    }
    Map<String, Given> passedThrough = passedThrough(flags, environment, fromFile, file, problems);
    passedThrough.replaceAll((key, given) -> resolved(key, given, references, problems));
    Settings settings = new Settings(values, passedThrough, List.of());
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
                    "No command reads " + setting.key() + " without declaring it"));
  }

  /** The value of a setting, if it has one. */
  @SuppressWarnings("unchecked") // parse put the setting's own type there
  public <T> Optional<T> find(Setting<T> setting) {
    return Optional.ofNullable(values.get(setting.key()))
        .flatMap(Value::parsed)
        .map(value -> (T) value);
  }

  /** The same for one of several datasets: its name stands where a table's name has its place. */
  public Settings of(String dataset) {
    Map<String, Value> named = new LinkedHashMap<>(values);
    named.replaceAll((key, value) -> value.of(dataset));
    return new Settings(named, passedThrough, rights);
  }

  /** The same for a command that must be allowed these things in a cluster. */
  Settings needing(List<AclBinding> these) {
    return new Settings(values, passedThrough, List.copyOf(these));
  }

  /** What the command must be allowed in a cluster, as far as it is known. */
  public List<AclBinding> rights() {
    return rights;
  }

  /** The pass-through names that were given, prefix and all, each with where it came from. */
  Map<String, String> passedThroughOrigins() {
    Map<String, String> origins = new TreeMap<>();
    passedThrough.forEach((key, given) -> origins.put(key, given.origin()));
    return origins;
  }

  /** Where a value came from, as a user would say it; empty if the setting has no value. */
  public Optional<String> origin(Setting<?> setting) {
    return Optional.ofNullable(values.get(setting.key()))
        .filter(value -> value.parsed().isPresent())
        .map(Value::origin);
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

  /**
   * The settings that are handed on and stood on the command line, as their user wrote them: for
   * the command line of a program that reads the same file and the same environment itself.
   */
  public Map<String, String> passedThroughFlags() {
    Map<String, String> written = new TreeMap<>();
    passedThrough.forEach(
        (key, given) -> {
          if (given.origin().startsWith("--")) {
            written.put(key, given.written());
          }
        });
    return written;
  }

  /**
   * Every value with its origin, as lines of a table: also those that are wrong, and those that are
   * not set. Secrets are masked.
   */
  public List<String> described() {
    List<Described> all = new ArrayList<>();
    values.forEach(
        (key, value) ->
            all.add(new Described(key, shown(key, value.shown()), Printable.line(value.origin()))));
    new TreeMap<>(passedThrough)
        .forEach(
            (key, given) ->
                all.add(
                    new Described(
                        key, shown(key, given.written()), Printable.line(given.origin()))));
    int keys = all.stream().mapToInt(one -> one.key().length()).max().orElse(1);
    int shown = all.stream().mapToInt(one -> one.value().length()).max().orElse(1);
    String line = "%-" + keys + "s  %-" + Math.max(shown, 1) + "s  %s";
    return all.stream().map(one -> line.formatted(one.key(), one.value(), one.origin())).toList();
  }

  /** Where a secret comes from is none. */
  private static String shown(String key, String written) {
    return PassThrough.isSecret(key)
            && !written.equals(Value.NONE.text())
            && !References.isAllThatIsSecretIn(written)
        ? "***"
        : Printable.line(Masked.text(written));
  }

  private record Described(String key, String value, String origin) {}

  /**
   * What was given.
   *
   * @param text with what it refers to
   * @param written as its user wrote it
   */
  private record Given(String text, String origin, String written) {
    Given(String text, String origin) {
      this(text, origin, text);
    }
  }

  private static Given resolved(
      String key, Given given, References references, List<String> problems) {
    try {
      String text = references.resolve(key, given.written());
      if (PassThrough.isSecret(key) && !PassThrough.isPlace(key)) {
        Masked.remember(text);
      }
      Masked.rememberNamed(text);
      return new Given(text, given.origin(), given.written());
    } catch (IllegalArgumentException e) {
      problems.add("%s: %s".formatted(given.origin(), e.getMessage()));
      return given;
    }
  }

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
          if (isSecretFlag(key, given)) {
            problems.add(onTheCommandLine(given));
          }
        });
    return found;
  }

  private static boolean isSecretFlag(String key, Given given) {
    return given.origin().startsWith("--")
        && PassThrough.isSecret(key)
        && !References.isAllThatIsSecretIn(given.written());
  }

  private static String onTheCommandLine(Given secret) {
    return secret.origin()
        + ": a secret on the command line can be seen by others; give it in the environment or in a file, or say where it is: ${file:/path} or ${env:NAME}";
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

  private static <T> Value parse(
      Setting<T> setting, Given given, References references, List<String> problems) {
    try {
      String text = references.resolve(setting.key(), given.written());
      if (PassThrough.isSecret(setting.key())) {
        Masked.remember(text);
      }
      Masked.rememberNamed(text);
      return new Value(Optional.of(setting.parser().apply(text)), given.written(), given.origin());
    } catch (IllegalArgumentException e) {
      String shown = Masked.wrong(given.written());
      problems.add("%s: \"%s\": %s".formatted(given.origin(), shown, Reason.of(e)));
      return new Value(Optional.empty(), shown, given.origin() + ", wrong");
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
        problems.add(
            "environment variable %s: no such setting.%s"
                .formatted(variable, Closest.hint(variable, byVariable.keySet())));
      }
    }
  }

  private static Map<String, String> read(
      Optional<Path> file, Collection<Setting<?>> known, List<String> problems) {
    if (file.isEmpty()) {
      return Map.of();
    }
    Map<String, String> found = SettingsFile.read(file.get(), problems);
    List<String> keys = known.stream().map(Setting::key).distinct().toList();
    for (String key : List.copyOf(found.keySet())) {
      if (!keys.contains(key) && !PassThrough.isPassedThrough(key)) {
        problems.add(
            "%s in %s: no such setting.%s".formatted(key, file.get(), Closest.hint(key, keys)));
        found.remove(key);
      }
    }
    return found;
  }
}
