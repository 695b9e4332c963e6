package io.landfall.producer.infer;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How an API tells that there are more pages, by the names that are usual for that.
 *
 * @param form as a definition has it
 * @param why what was seen
 * @param parameters of the query that are said by the form already
 */
record PagingGuess(String form, String why, Set<String> parameters) {

  private static final int DEEPEST = 3;
  private static final List<String> NEXT =
      List.of(
          "next",
          "nexturl",
          "nextlink",
          "nextpage",
          "nextpageurl",
          "nextpagetoken",
          "nextcursor",
          "nexttoken",
          "cursor");
  private static final List<String> OFFSETS = List.of("offset", "skip", "start");
  private static final List<String> LIMITS = List.of("limit", "count", "size", "pagesize");
  private static final List<String> PAGES = List.of("pages", "totalpages", "lastpage", "pagecount");
  private static final List<String> SIZES = List.of("perpage", "pagesize", "size", "limit");
  private static final List<String> NUMBERS =
      List.of("page", "currentpage", "pagenumber", "pageno");
  private static final List<String> TOTALS =
      List.of(
          "total",
          "totalcount",
          "totalresults",
          "totalitems",
          "totalrecords",
          "totalelements",
          "totalhits",
          "totalrows",
          "numfound",
          "recordcount");

  /** What says of a page how many records it has as often as it says how many there are. */
  private static final List<String> COUNTS = List.of("count", "results", "hits");

  /** What is beside the records of an answer: each value by its place. */
  private record Beside(Map<JsonPointer, JsonNode> values) {

    static Beside of(JsonNode answer) {
      Map<JsonPointer, JsonNode> values = new LinkedHashMap<>();
      add(values, answer, JsonPointer.empty(), 0);
      return new Beside(values);
    }

    private static void add(
        Map<JsonPointer, JsonNode> values, JsonNode node, JsonPointer at, int depth) {
      if (node.isValueNode()) {
        values.put(at, node);
      } else if (node.isObject() && depth < DEEPEST) {
        node.properties()
            .forEach(
                member ->
                    add(values, member.getValue(), at.appendProperty(member.getKey()), depth + 1));
      } else if (node.isArray()
          && depth == 0
          && node.path(0).isObject()
          && node.path(1).isArray()) {
        add(values, node.get(0), at.appendIndex(0), depth + 1);
      }
    }

    Optional<JsonPointer> at(List<String> names, Predicate<JsonNode> is) {
      return names.stream().flatMap(name -> at(name, is)).findFirst();
    }

    private Stream<JsonPointer> at(String name, Predicate<JsonNode> is) {
      return values.entrySet().stream()
          .filter(one -> plain(name(one.getKey())).equals(name) && is.test(one.getValue()))
          .map(Map.Entry::getKey);
    }

    String text(JsonPointer at) {
      JsonNode value = values.get(at);
      return value == null ? "" : value.asText();
    }
  }

  /**
   * What is seen in the first answer that tells, or else in what was asked; empty where neither
   * does.
   *
   * @param asked the parameters that were asked with
   * @param records how many there are in all answers
   */
  static Optional<PagingGuess> of(List<Sample> samples, Map<String, String> asked, int records) {
    if (samples.stream()
        .anyMatch(sample -> sample.link().filter(link -> link.contains("next")).isPresent())) {
      return Optional.of(
          new PagingGuess("link-header", "the answer had Link: …; rel=\"next\"", Set.of()));
    }
    List<Beside> all = samples.stream().map(sample -> Beside.of(sample.body())).toList();
    return Stream.of(
            all.stream()
                .flatMap(
                    beside ->
                        Stream.of(next(beside), more(beside), pages(beside), offset(beside))
                            .flatMap(Optional::stream)),
            asked(asked).stream(),
            all.stream().flatMap(beside -> unknown(beside, records).stream()))
        .flatMap(guesses -> guesses)
        .findFirst();
  }

  /** Who asks for a page or from an offset knows that there are others. */
  private static Optional<PagingGuess> asked(Map<String, String> asked) {
    Optional<String> size = named(asked, SIZES);
    String of =
        size.map(name -> "size: {%s: %s}".formatted(name, asked.get(name)))
            .orElse("size: {per_page: 100}");
    String why = "? the address has these parameters";
    Optional<String> page = named(asked, NUMBERS);
    if (page.isPresent()) {
      String first = "0".equals(asked.get(page.get())) ? "0" : "1";
      return Optional.of(
          new PagingGuess(
              "{page: %s, first: %s%s}"
                  .formatted(page.get(), first, size.isPresent() ? ", " + of : ""),
              why,
              Stream.concat(page.stream(), size.stream()).collect(Collectors.toSet())));
    }
    return named(asked, OFFSETS)
        .map(
            offset ->
                new PagingGuess(
                    "{offset: %s, first: 0, %s}".formatted(offset, of),
                    why,
                    Stream.concat(Stream.of(offset), size.stream()).collect(Collectors.toSet())));
  }

  /** A parameter of one of these names that has a number. */
  private static Optional<String> named(Map<String, String> asked, List<String> names) {
    return names.stream()
        .flatMap(name -> asked.keySet().stream().filter(one -> plain(one).equals(name)))
        .filter(one -> asked.getOrDefault(one, "").matches("[0-9]{1,9}"))
        .findFirst();
  }

  /** It says that there are more, and not how one gets them: that cannot be left as it is. */
  private static Optional<PagingGuess> unknown(Beside beside, int records) {
    return beside
        .at(
            Stream.concat(TOTALS.stream(), COUNTS.stream()).toList(),
            value -> value.isIntegralNumber() && value.asLong() > records)
        .map(
            at ->
                new PagingGuess(
                    "\"?\"",
                    "%s is %s, of that came %,d: say how one goes on to the rest"
                        .formatted(at, beside.text(at), records),
                    Set.of()));
  }

  private static Optional<PagingGuess> next(Beside beside) {
    return beside
        .at(NEXT, JsonNode::isTextual)
        .filter(at -> !beside.text(at).isEmpty())
        .map(
            at ->
                beside.text(at).matches("(https?:/)?/.*")
                    ? new PagingGuess(
                        "{link: %s}".formatted(at), "the answer has an address there", Set.of())
                    : new PagingGuess(
                        "{cursor: %s, to: query.%s}".formatted(at, parameter(name(at))),
                        "? which parameter takes it",
                        Set.of(parameter(name(at)))));
  }

  /** {@code nextPageToken} is what {@code pageToken} takes. */
  private static String parameter(String name) {
    String rest = name.replaceFirst("^next_?", "");
    return rest.isEmpty()
        ? "cursor"
        : rest.substring(0, 1).toLowerCase(Locale.ROOT) + rest.substring(1);
  }

  private static Optional<PagingGuess> more(Beside beside) {
    return beside
        .at(List.of("hasmore"), JsonNode::isBoolean)
        .map(
            at ->
                new PagingGuess(
                    "{last: /id, to: query.starting_after, more: %s}".formatted(at),
                    "? by %s alone".formatted(name(at)),
                    Set.of("starting_after")));
  }

  private static Optional<PagingGuess> pages(Beside beside) {
    Optional<JsonPointer> page = beside.at(NUMBERS, JsonNode::isIntegralNumber);
    Optional<JsonPointer> pages = beside.at(PAGES, JsonNode::isIntegralNumber);
    Optional<JsonPointer> total = beside.at(TOTALS, JsonNode::isIntegralNumber);
    Optional<JsonPointer> size = beside.at(SIZES, value -> value.asInt() > 0);
    return page.isEmpty() || (pages.isEmpty() && total.isEmpty())
        ? Optional.empty()
        : Optional.of(
            new PagingGuess(
                "{page: %s, first: %s%s, %s}"
                    .formatted(
                        name(page.get()),
                        beside.text(page.get()).equals("0") ? "0" : "1",
                        size.map(at -> ", size: {%s: %s}".formatted(name(at), beside.text(at)))
                            .orElse(", size: {per_page: 100}"),
                        pages
                            .map("pages: %s"::formatted)
                            .or(() -> total.map("total: %s"::formatted))
                            .orElseThrow()),
                "? whether the parameters have these names",
                Set.of(name(page.get()), size.map(PagingGuess::name).orElse("per_page"))));
  }

  private static Optional<PagingGuess> offset(Beside beside) {
    Optional<JsonPointer> offset = beside.at(OFFSETS, JsonNode::isIntegralNumber);
    Optional<JsonPointer> limit = beside.at(LIMITS, JsonNode::isIntegralNumber);
    Optional<JsonPointer> total = beside.at(TOTALS, JsonNode::isIntegralNumber);
    return offset.isEmpty() || limit.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new PagingGuess(
                "{offset: %s, first: %s, size: {%s: %s}%s}"
                    .formatted(
                        name(offset.get()),
                        beside.text(offset.get()).equals("1") ? "1" : "0",
                        name(limit.get()),
                        beside.text(limit.get()),
                        total.map(", total: %s"::formatted).orElse("")),
                "? whether the parameters have these names",
                Set.of(name(offset.get()), name(limit.get()))));
  }

  private static String name(JsonPointer at) {
    JsonPointer last = at.last();
    return last == null ? "" : last.getMatchingProperty();
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
  }
}
