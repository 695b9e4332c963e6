package io.landfall.producer.rest.ask;

import com.fasterxml.jackson.core.JsonPointer;
import io.landfall.producer.definition.Paging;
import io.landfall.producer.definition.Reading.Cursor;
import io.landfall.producer.definition.Reading.Order;
import io.landfall.producer.definition.Reading.Writing;
import io.landfall.producer.rest.ask.AnApi.Got;
import io.landfall.producer.rest.ask.AnApi.Said;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A collection that nobody changes, served by every kind of paging.
 *
 * @param count of records, whose ids count from 1
 * @param tied how many have one cursor value together
 * @param size of a page
 */
record StillCollection(int count, int tied, int size) implements AnApi.Served {

  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

  /** Each kind of paging that it knows. */
  enum Kind {
    NONE,
    LINK_HEADER,
    LINK,
    TOKEN,
    TOKEN_AND_MORE,
    AFTER_LAST,
    AFTER_LAST_AND_MORE,
    NUMBERED,
    NUMBERED_OF_PAGES,
    NUMBERED_OF_TOTAL,
    OFFSET,
    OFFSET_OF_TOTAL,
    OFFSET_OF_LESS,
    CURSOR_BY_LINK,
    CURSOR_BY_OFFSET,
    CURSOR_BY_NUMBER
  }

  Question question(Kind kind) {
    Question question =
        AnApi.question(
            AnApi.ask(
                "/" + kind,
                kind.name().startsWith("CURSOR") ? Map.of("since", "{since}") : Map.of(),
                paging(kind)));
    return kind.name().startsWith("CURSOR")
        ? new Question(
            question.ask(),
            Map.of("since", FIRST.toString()),
            question.records(),
            question.key(),
            Optional.of(
                new Question.Changes(
                    new Cursor(JsonPointer.compile("/updated"), Writing.ISO, Writing.ISO),
                    Order.ASCENDING)),
            Optional.empty(),
            Question.MOST_BYTES)
        : question;
  }

  private Paging paging(Kind kind) {
    Paging.Size limit = new Paging.Size("limit", size);
    Optional<JsonPointer> more = Optional.of(JsonPointer.compile("/more"));
    Optional<JsonPointer> total = Optional.of(JsonPointer.compile("/total"));
    Optional<JsonPointer> nothing = Optional.empty();
    JsonPointer next = JsonPointer.compile("/next");
    JsonPointer id = JsonPointer.compile("/id");
    return switch (kind) {
      case NONE -> new Paging.None();
      case LINK_HEADER -> new Paging.LinkHeader(1000);
      case LINK -> new Paging.Link(next, 1000);
      case TOKEN -> new Paging.Token(next, "token", nothing, 1000);
      case TOKEN_AND_MORE -> new Paging.Token(next, "token", more, 1000);
      case AFTER_LAST -> new Paging.AfterLast(id, "after", nothing, 1000);
      case AFTER_LAST_AND_MORE -> new Paging.AfterLast(id, "after", more, 1000);
      case NUMBERED -> new Paging.Numbered("page", 1, Optional.of(limit), nothing, nothing, 1000);
      case NUMBERED_OF_PAGES ->
          new Paging.Numbered(
              "page",
              1,
              Optional.of(limit),
              Optional.of(JsonPointer.compile("/pages")),
              nothing,
              1000);
      case NUMBERED_OF_TOTAL ->
          new Paging.Numbered("page", 1, Optional.of(limit), nothing, total, 1000);
      case OFFSET -> new Paging.Offset("offset", 0, limit, nothing, 1000);
      case OFFSET_OF_TOTAL -> new Paging.Offset("offset", 0, limit, total, 1000);
      // The API gives half of what it is asked for: no page is ever full.
      case OFFSET_OF_LESS ->
          new Paging.Offset("offset", 0, new Paging.Size("wish", 2 * size + 1), total, 1000);
      case CURSOR_BY_LINK -> new Paging.ByCursor(new Paging.LinkHeader(1000), 1000);
      case CURSOR_BY_OFFSET ->
          new Paging.ByCursor(new Paging.Offset("offset", 0, limit, nothing, 1000), 1000);
      case CURSOR_BY_NUMBER ->
          new Paging.ByCursor(
              new Paging.Numbered("page", 1, Optional.of(limit), nothing, nothing, 1000), 1000);
    };
  }

  @Override
  public Said to(Got request) {
    Kind kind = Kind.valueOf(request.path().split("/", 3)[1]);
    int skipped = 0;
    if (!request.parameter("since").isEmpty()) {
      Instant since = Instant.parse(request.parameter("since"));
      skipped = (int) IntStream.range(0, count).filter(i -> updated(i).isBefore(since)).count();
    }
    int total = count - skipped;
    int from =
        skipped
            + request.number("offset", request.number("token", request.number("after", 0)))
            + (request.number("page", 1) - 1) * size;
    int to = kind == Kind.NONE ? count : Math.min(count, from + size);
    from = Math.min(from, to);
    boolean more = to < count;
    String body =
        "{\"records\": [%s], \"more\": %s, \"total\": %d, \"pages\": %d%s}"
            .formatted(
                records(from, to),
                more,
                total,
                (total + size - 1) / size,
                next(kind, request, more, to));
    Said said = Said.json(body).with("ETag", "\"" + body.hashCode() + "\"");
    return more
        ? said.with(
            "Link", "</>; rel=\"first\", <%s>; rel=\"next\"".formatted(nextPage(kind, request)))
        : said;
  }

  private static String nextPage(Kind kind, Got request) {
    int page = request.number("page", 1) + 1;
    String since =
        request.parameter("since").isEmpty() ? "" : "&since=" + request.parameter("since");
    return "/%s/another/way?page=%d%s".formatted(kind, page, since);
  }

  private static String next(Kind kind, Got request, boolean more, int to) {
    if (!more) {
      return kind == Kind.TOKEN_AND_MORE ? ", \"next\": \"stale\"" : ", \"next\": null";
    }
    return kind == Kind.LINK
        ? ", \"next\": \"%s\"".formatted(nextPage(kind, request))
        : ", \"next\": %d".formatted(to);
  }

  private Instant updated(int index) {
    return FIRST.plusSeconds(index / tied);
  }

  private String records(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> "{\"id\": %d, \"updated\": \"%s\"}".formatted(i + 1, updated(i)))
        .collect(Collectors.joining(", "));
  }

  List<Integer> ids() {
    return new ArrayList<>(IntStream.rangeClosed(1, count).boxed().toList());
  }
}
