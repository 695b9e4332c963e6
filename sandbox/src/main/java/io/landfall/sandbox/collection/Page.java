package io.landfall.sandbox.collection;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One answer to a listing.
 *
 * @param records in their order
 * @param total how many there are on all pages
 * @param next where the next page begins; empty if there is none
 */
record Page(Query query, List<Entry> records, int total, Optional<String> next) {

  /** The token of the first page, which only a page that leads to itself gives. */
  private static final String START = Base64.getUrlEncoder().encodeToString(bytes("start"));

  private static final String LIST = "/v1/records";

  /** A path that nobody would guess: a link must be followed, not built. */
  static final String LINKED = "/collections/7/records";

  /**
   * @throws BadRequest for a place that is none
   */
  static Page of(Query query, Shown shown) {
    List<Entry> matches = query.matches(shown);
    int first = first(query, matches, shown);
    int end =
        query.paging() == Paging.NONE
            ? matches.size()
            : (int) Math.min(matches.size(), (long) first + query.limit());
    List<Entry> records = List.copyOf(matches.subList(Math.min(first, end), end));
    boolean more = end < matches.size() && !records.isEmpty();
    Optional<String> next =
        more ? Optional.of(place(query, records.get(records.size() - 1))) : Optional.empty();
    return new Page(query, records, matches.size(), next);
  }

  Page records(List<Entry> others) {
    return new Page(query, others, total, next);
  }

  Page none() {
    return new Page(query, List.of(), total, Optional.empty());
  }

  Page total(int other) {
    return new Page(query, records, other, next);
  }

  /** The same, as if the next page were this one. */
  Page leadingToItself() {
    String here =
        query.at().orElseGet(() -> query.paging().first().map(String::valueOf).orElse(START));
    return new Page(query, records, total, Optional.of(here));
  }

  /** What the body says about the pages, without braces. */
  private String about() {
    return switch (query.paging()) {
      case NONE, LINK -> query.form() == Form.PAIR ? "\"total\":" + total : "";
      case NEXT ->
          next.map(place -> "\"links\":{\"next\":\"%s\"}".formatted(query.target(LIST, place)))
              .orElse("\"links\":{}");
      case TOKEN ->
          next.map("\"next\":\"%s\",\"more\":true"::formatted)
              .orElse("\"next\":null,\"more\":false");
      case AFTER -> "\"more\":" + next.isPresent();
      case PAGE ->
          "\"page\":%d,\"pages\":%d,\"total\":%d"
              .formatted(query.number(), (total + query.limit() - 1) / query.limit(), total);
      case OFFSET, START ->
          "\"%s\":%d,\"total\":%d".formatted(query.paging().parameter, query.number(), total);
    };
  }

  byte[] body(RecordText text) {
    JsonBytes to = new JsonBytes();
    String about = about();
    switch (query.form()) {
      case ARRAY -> array(text, to);
      case PAIR -> {
        to.text("[{").text(about).text("},");
        array(text, to);
        to.text("]");
      }
      default -> {
        to.text("{").text(about).text(about.isEmpty() ? "" : ",").text("\"records\":");
        inside(text, to);
        to.text("}");
      }
    }
    return to.toBytes();
  }

  /** The header that leads to the next page; empty for none. */
  Optional<String> link(String base) {
    return query.paging() == Paging.LINK
        ? next.map(
            place ->
                "<%s%s>; rel=\"next\", <%s%s>; rel=\"first\""
                    .formatted(base, query.target(LINKED, place), base, query.target(LINKED, "1")))
        : Optional.empty();
  }

  private void inside(RecordText text, JsonBytes to) {
    String between = "";
    switch (query.form()) {
      case OBJECT -> {
        to.text("{");
        for (Entry record : records) {
          to.text(between);
          between = ",";
          text.member(record, to);
        }
        to.text("}");
      }
      case COLUMNS -> {
        to.text("{");
        for (RecordText.Column column : RecordText.Column.values()) {
          to.text(between);
          between = ",";
          text.column(column, records, to);
        }
        to.text("}");
      }
      default -> array(text, to);
    }
  }

  private void array(RecordText text, JsonBytes to) {
    to.text("[");
    String between = "";
    for (Entry record : records) {
      to.text(between);
      between = ",";
      text.object(record, to);
    }
    to.text("]");
  }

  /** Where the page after this record begins. */
  private static String place(Query query, Entry last) {
    return switch (query.paging()) {
      case NONE -> "";
      case LINK, PAGE -> String.valueOf(query.number() + 1);
      case OFFSET, START -> String.valueOf(query.number() + query.limit());
      case AFTER -> Entry.id(last.number());
      case NEXT, TOKEN ->
          Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(bytes(query.sort().of(last) + ":" + last.number()));
    };
  }

  private static int first(Query query, List<Entry> matches, Shown shown) {
    return switch (query.paging()) {
      case NONE -> 0;
      case LINK, PAGE -> (int) Math.min(matches.size(), (query.number() - 1L) * query.limit());
      case OFFSET -> query.number();
      case START -> query.number() - 1;
      case AFTER ->
          query.at().map(id -> after(query, matches, ofId(id, query.sort(), shown))).orElse(0);
      case NEXT, TOKEN ->
          query
              .at()
              .filter(token -> !token.equals(START))
              .map(token -> after(query, matches, ofToken(token)))
              .orElse(0);
    };
  }

  /** How many records come before or are at that place of the order. */
  private static int after(Query query, List<Entry> matches, Place place) {
    int low = 0;
    int high = matches.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      int compared = place.compare(query.sort(), matches.get(middle));
      if ((query.descending() ? -compared : compared) < 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private static Place ofId(String id, Order sort, Shown shown) {
    OptionalInt number = Entry.number(id);
    Optional<Entry> last =
        number.isPresent() ? shown.find(number.getAsInt()) : Optional.<Entry>empty();
    return last.map(record -> new Place(sort.of(record), record.number()))
        .orElseThrow(() -> new BadRequest("starting_after: no such record: " + id));
  }

  private static Place ofToken(String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII);
      int colon = text.indexOf(':');
      if (colon > 0) {
        return new Place(
            Long.parseLong(text.substring(0, colon)), Integer.parseInt(text.substring(colon + 1)));
      }
    } catch (IllegalArgumentException e) {
      // The message below says what was expected.
    }
    throw new BadRequest("token must be one that an answer gave, not \"" + token + "\"");
  }

  /** A place in an order: at a record, whether it is still there or not. */
  private record Place(long value, int number) {
    int compare(Order order, Entry record) {
      int compared = Long.compare(value, order.of(record));
      return compared != 0 ? compared : Integer.compare(number, record.number());
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
