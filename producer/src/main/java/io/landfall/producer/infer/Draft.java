package io.landfall.producer.infer;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.landfall.cli.Count;
import io.landfall.cli.Masked;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A definition as far as answers tell it, as YAML with a comment for each guess. */
public final class Draft {

  private static final int DEEPEST = 3;
  private static final int MOST_OF_KEY = 3;

  private final List<Sample> samples;
  private final Optional<URI> url;

  /**
   * @param samples at least one
   * @param url that was asked; empty where the answers come from files
   */
  public Draft(List<Sample> samples, Optional<URI> url) {
    this.samples = List.copyOf(samples);
    this.url = url;
  }

  /** The lines; empty where no answer has any records. */
  public Optional<List<String>> lines() {
    return RecordsGuess.of(samples).map(this::lines);
  }

  private List<String> lines(RecordsGuess guess) {
    List<Column> columns = columns(fields(guess.records()));
    List<Column> key = key(columns);
    Optional<Values> cursor =
        columns.stream()
            .map(Column::values)
            .filter(Values::areTimes)
            .filter(Values::soundLikeAChange)
            .findFirst();
    List<String> lines = new ArrayList<>();
    lines.add(
        "# A draft, made from %s in %s. Read each line with a \"?\" before you trust it."
            .formatted(
                Count.of(guess.records().size(), "record"), Count.of(samples.size(), "answer")));
    lines.add("source: %s".formatted(sourceName()));
    lines.add("about: \"?\"");
    lines.add("");
    lines.add("api:");
    lines.add("  url: %s".formatted(base()));
    secretParameter()
        .ifPresent(
            name ->
                lines.add(
                    "  auth: {query: {name: \"%s\", value: \"${env:%s}\"}}    # set that variable; a secret is never in this file"
                        .formatted(name, snake(name).toUpperCase(Locale.ROOT))));
    lines.add("");
    lines.add("resources:");
    lines.add("  %s:".formatted(resourceName()));
    lines.add("    reads:");
    lines.addAll(reads(cursor));
    lines.add("    records: %s    # %s".formatted(guess.form(), guess.why()));
    lines.add(
        key.isEmpty()
            ? "    key: []    # ? no fields are there in each record and together different in all"
            : "    key: [%s]    # %s"
                .formatted(
                    String.join(", ", key.stream().map(Column::name).toList()),
                    key.size() == 1
                        ? "there in each record, and no two have the same"
                        : "? there in each record, and no two have the same together"));
    cursor.ifPresent(
        found ->
            lines.add(
                "    version: %s    # moves when a record changes, by its name"
                    .formatted(quoted(found.at()))));
    lines.add("    fields:");
    columns.forEach(column -> lines.add(column.line()));
    return lines;
  }

  /** A field under the name of its column. */
  private record Column(String name, Values values) {
    String line() {
      return "      " + Draft.line(name, values);
    }
  }

  /**
   * The lines of fields.
   *
   * @param others names that other fields have
   */
  static List<String> lines(List<Values> fields, Set<String> others) {
    return columns(fields, others).stream()
        .map(column -> line(column.name(), column.values()))
        .toList();
  }

  private static String line(String name, Values values) {
    Values.Form form = values.form();
    String as = form.as().isEmpty() ? "" : ", as: " + form.as();
    String seen =
        values.all().isEmpty()
            ? "    # ? null in all records"
            : values.areEverywhere()
                ? ""
                : "    # in %d of %d records".formatted(values.all().size(), values.of());
    return "%s: {at: %s, type: %s%s}%s".formatted(name, quoted(values.at()), form.type(), as, seen);
  }

  private static String quoted(JsonPointer at) {
    String text = at.toString();
    return text.matches("[/A-Za-z0-9_-]+")
        ? text
        : "\"%s\"".formatted(text.replace("\\", "\\\\").replace("\"", "\\\""));
  }

  private List<String> reads(Optional<Values> cursor) {
    List<String> lines = new ArrayList<>();
    if (cursor.isPresent()) {
      lines.add(
          "      # ? If the API can give what changed since a time, this is cheaper than the whole:");
      lines.add("      # changes:");
      lines.add("      #   every: 15m");
      lines.add("      #   from: first-run");
      lines.add(
          "      #   cursor: {at: %s, as: %s}"
              .formatted(
                  quoted(cursor.get().at()),
                  cursor.get().form().as().isEmpty() ? "iso" : cursor.get().form().as()));
      lines.add("      #   order: none          # ascending, if it gives them by that");
      lines.add("      #   lag: 15m");
      lines.add(
          "      #   ask: {path: %s, query: {since: \"{since}\"}, paging: %s}"
              .formatted(path(), paging().replaceAll(" +#.*", "")));
    }
    lines.add("      whole:");
    lines.add("        every: 1d");
    lines.add("        ask:");
    lines.add("          path: %s".formatted(path()));
    Map<String, String> query = query();
    if (!query.isEmpty()) {
      lines.add("          query:");
      query.forEach(
          (name, value) -> lines.add("            \"%s\": \"%s\"".formatted(name, value)));
    }
    lines.add("          paging: %s".formatted(paging()));
    return lines;
  }

  private Optional<PagingGuess> pagingGuess() {
    return PagingGuess.of(
        samples,
        parameters(),
        RecordsGuess.of(samples).map(guess -> guess.records().size()).orElse(0));
  }

  private String paging() {
    return pagingGuess()
        .map(guess -> "%s    # %s".formatted(guess.form(), guess.why()))
        .orElse(
            "none    # ? nothing in the answer says that it goes on; see whether there are more than these");
  }

  private static List<Values> fields(List<JsonNode> records) {
    Set<JsonPointer> places = new LinkedHashSet<>();
    records.forEach(record -> places(record, JsonPointer.empty(), 0, places));
    return Values.at(places, records);
  }

  /** Members of objects within a record are fields of their own; an array is one. */
  private static void places(JsonNode node, JsonPointer at, int depth, Set<JsonPointer> places) {
    if (node.isObject() && !node.isEmpty() && depth < DEEPEST) {
      node.properties()
          .forEach(
              member ->
                  places(member.getValue(), at.appendProperty(member.getKey()), depth + 1, places));
    } else if (!at.matches()) {
      places.add(at);
    }
  }

  private static List<Column> key(List<Column> columns) {
    List<Column> unique = columns.stream().filter(column -> column.values().mayBeKey()).toList();
    return unique.stream()
        .filter(column -> column.values().name().equalsIgnoreCase("id"))
        .findFirst()
        .or(() -> unique.stream().filter(column -> column.name().endsWith("id")).findFirst())
        .or(() -> unique.stream().findFirst())
        .map(List::of)
        .orElseGet(() -> together(columns));
  }

  /** The first few that tell one record from another together; none where none do. */
  private static List<Column> together(List<Column> columns) {
    List<Column> some = columns.stream().filter(column -> column.values().mayBeOfKey()).toList();
    for (int parts = 1; parts <= MOST_OF_KEY; parts++) {
      Optional<List<Column>> found = together(some, parts, List.of());
      if (found.isPresent()) {
        return found.get();
      }
    }
    return List.of();
  }

  private static Optional<List<Column>> together(
      List<Column> from, int parts, List<Column> before) {
    if (parts == 0) {
      Set<List<JsonNode>> seen = new HashSet<>();
      int records = before.get(0).values().of();
      return IntStream.range(0, records)
              .allMatch(
                  row ->
                      seen.add(
                          before.stream().map(column -> column.values().all().get(row)).toList()))
          ? Optional.of(before)
          : Optional.empty();
    }
    return IntStream.range(0, from.size())
        .mapToObj(
            i ->
                together(
                    from.subList(i + 1, from.size()),
                    parts - 1,
                    Stream.concat(before.stream(), Stream.of(from.get(i))).toList()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** In snake case; where two have the same last word, the outer one has it for itself. */
  private static List<Column> columns(List<Values> fields) {
    return columns(fields, Set.of());
  }

  private static List<Column> columns(List<Values> fields, Set<String> others) {
    Map<Values, String> names = new HashMap<>();
    Set<String> taken = new HashSet<>(others);
    fields.stream()
        .sorted(Comparator.comparingInt(field -> field.at().toString().split("/", -1).length))
        .forEach(
            field -> {
              String name = snake(field.name());
              if (!taken.add(name)) {
                name = snake(field.at().toString().substring(1));
                while (!taken.add(name)) {
                  name += "_";
                }
              }
              names.put(field, name);
            });
    return fields.stream().map(field -> new Column(names.getOrDefault(field, ""), field)).toList();
  }

  static String snake(String text) {
    String name =
        text.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
            .replaceAll("[^A-Za-z0-9]+", "_")
            .replaceAll("^_+|_+$", "")
            .toLowerCase(Locale.ROOT);
    return name.isEmpty() || Character.isDigit(name.charAt(0)) ? "f_" + name : name;
  }

  private String sourceName() {
    return url.map(URI::getHost)
        .map(host -> host.replaceAll("^(www|api)\\.|\\..*$", ""))
        .map(Draft::snake)
        .filter(name -> !name.startsWith("f_"))
        .orElse("my_api");
  }

  private String resourceName() {
    String last = path().replaceAll("/+$", "").replaceAll(".*/", "").replaceAll("\\.[a-z]+$", "");
    String name = snake(last);
    return name.startsWith("f_") ? "records" : name;
  }

  private String base() {
    return url.map(one -> one.getScheme() + "://" + one.getRawAuthority()).orElse("https://?");
  }

  private String path() {
    return url.map(URI::getRawPath).filter(path -> !path.isEmpty()).orElse("/");
  }

  private Optional<String> secretParameter() {
    return parameters().keySet().stream().filter(Masked::isSecret).findFirst();
  }

  private Map<String, String> query() {
    Map<String, String> query = parameters();
    query.keySet().removeIf(Masked::isSecret);
    pagingGuess().ifPresent(guess -> query.keySet().removeAll(guess.parameters()));
    return query;
  }

  private Map<String, String> parameters() {
    Map<String, String> query = new LinkedHashMap<>();
    url.map(URI::getQuery)
        .ifPresent(
            text -> {
              for (String pair : text.split("&", -1)) {
                int mark = pair.indexOf('=');
                query.put(
                    mark < 0 ? pair : pair.substring(0, mark),
                    mark < 0 ? "" : pair.substring(mark + 1));
              }
            });
    return query;
  }
}
