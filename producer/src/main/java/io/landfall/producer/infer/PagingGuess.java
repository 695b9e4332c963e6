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
  private static final List<String> TOTALS = List.of("total", "totalcount", "totalresults");

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

  /** What is seen in the first answer that tells; empty where none does. */
  static Optional<PagingGuess> of(List<Sample> samples) {
    if (samples.stream()
        .anyMatch(sample -> sample.link().filter(link -> link.contains("next")).isPresent())) {
      return Optional.of(
          new PagingGuess("link-header", "the answer had Link: …; rel=\"next\"", Set.of()));
    }
    return samples.stream()
        .map(sample -> Beside.of(sample.body()))
        .flatMap(
            beside ->
                Stream.of(next(beside), more(beside), pages(beside), offset(beside))
                    .flatMap(Optional::stream))
        .findFirst();
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
    Optional<JsonPointer> page =
        beside.at(List.of("page", "currentpage", "pagenumber"), JsonNode::isIntegralNumber);
    Optional<JsonPointer> pages = beside.at(PAGES, JsonNode::isIntegralNumber);
    Optional<JsonPointer> size = beside.at(SIZES, value -> value.asInt() > 0);
    return page.isEmpty() || pages.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new PagingGuess(
                "{page: %s, first: %s%s, pages: %s}"
                    .formatted(
                        name(page.get()),
                        beside.text(page.get()).equals("0") ? "0" : "1",
                        size.map(at -> ", size: {%s: %s}".formatted(name(at), beside.text(at)))
                            .orElse(", size: {per_page: 100}"),
                        pages.get()),
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
