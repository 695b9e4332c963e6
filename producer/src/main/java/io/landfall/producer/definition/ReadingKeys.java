package io.landfall.producer.definition;

import com.fasterxml.jackson.core.JsonPointer;
import io.landfall.producer.definition.Reading.Absence;
import io.landfall.producer.definition.Reading.Ask;
import io.landfall.producer.definition.Reading.Changes;
import io.landfall.producer.definition.Reading.Count;
import io.landfall.producer.definition.Reading.Cursor;
import io.landfall.producer.definition.Reading.Listed;
import io.landfall.producer.definition.Reading.Listing;
import io.landfall.producer.definition.Reading.Order;
import io.landfall.producer.definition.Reading.Whole;
import io.landfall.producer.definition.Reading.Windows;
import io.landfall.producer.definition.Reading.Writing;
import io.landfall.producer.definition.Scalars.MostTakenBack;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys below {@code reads}. */
final class ReadingKeys {

  private static final MostTakenBack USUAL_MOST = new MostTakenBack(10, 5);

  // --- what is asked ---

  private static final Key<String> PATH =
      Key.required(
          "path",
          Scalars.PATH,
          "/query",
          "What is appended to the address. `{NAME}` is put in place and encoded, but for slashes: `{from}` and"
              + " `{to}` for windows, `{since}` for changes, a name of `for` for listed items, a"
              + " name of `for-each` for all.");

  private static final Key<Map<String, String>> QUERY =
      Key.optional(
              "query",
              MapForm.of(Scalars.TEXT, Scalars.QUERY_VALUE),
              "{format: json, after: \"{since}\"}",
              "Parameters, in order. Their values may have placeholders, as in `path`.")
          .or(Map.of(), "");

  private static final Key<Paging> PAGING =
      Key.required(
          "paging",
          PagingKeys.PAGING,
          "link-header",
          "How one goes on from page to page. `none` says that one answer is all: nothing is"
              + " guessed.");

  private static final Key<JsonPointer> COUNT_AT =
      Key.required("at", Scalars.POINTER, "/count", "Where its answer has the number.");

  private static final Key<Count> COUNT =
      Key.optional(
          "count",
          new Group<>(
              "count",
              "ask.count",
              "A request that tells how many records another one has. Where they differ, the look"
                  + " is incomplete.",
              List.of(PATH, QUERY, COUNT_AT),
              values ->
                  Optional.of(
                      new Count(values.get(PATH), values.get(QUERY), values.get(COUNT_AT)))),
          "{path: /count, at: /count}",
          "A request that tells how many records there are, if the API has one.");

  private static final Key<List<JsonPointer>> SAME_BUT_FOR =
      Key.optional(
              "same-but-for",
              new ListForm<>(Scalars.POINTER),
              "[/metadata/generated]",
              "Where an answer may differ without counting as changed: such a look is not"
                  + " archived.")
          .or(List.of(), "");

  private static final Key<Boolean> CONDITIONAL =
      Key.optional(
              "conditional",
              Scalars.BOOLEAN,
              "true",
              "Whether the ETag held is sent, so that the API can answer 304 where nothing"
                  + " changed.")
          .or(false, "false");

  private static final Key<String> HOST =
      Key.optional(
          "host", Scalars.ENDPOINT_NAME, "files", "A name of `api.hosts`. Without it: `api.url`.");

  private static final Key<String> NAME =
      Key.required(
          "name",
          Scalars.ENDPOINT_NAME,
          "boxscore",
          "What the answer is called in the archive and in messages.");

  private static final Key<JsonPointer> EMPTY_WHEN =
      Key.optional(
          "empty-when",
          Scalars.POINTER,
          "/data",
          "What is an empty list, an empty object, null or absent while the API has nothing yet:"
              + " the item is asked for again.");

  private static final Group<Ask> ASK_GROUP =
      new Group<>(
          "ask",
          "ask",
          "What is asked.",
          List.of(PATH, QUERY, PAGING, COUNT, SAME_BUT_FOR, CONDITIONAL, HOST, EMPTY_WHEN),
          values -> Optional.of(ask("", values)));

  private static final Group<Ask> NAMED_ASK =
      new Group<>(
          "named-ask",
          "asks",
          "One of several requests for an item.",
          List.of(NAME, PATH, QUERY, PAGING, COUNT, SAME_BUT_FOR, CONDITIONAL, HOST, EMPTY_WHEN),
          values -> Optional.of(ask(values.get(NAME), values)));

  private static final Key<Ask> ASK =
      Key.required("ask", ASK_GROUP, "{path: /query, paging: none}", "What is asked.");

  private static Ask ask(String name, Values values) {
    return new Ask(
        name,
        values.find(HOST),
        values.get(PATH),
        values.get(QUERY),
        values.get(PAGING),
        values.find(COUNT),
        values.get(SAME_BUT_FOR),
        values.get(CONDITIONAL),
        values.find(EMPTY_WHEN));
  }

  // --- what it means that a record is not there ---

  private enum Absent {
    RETRACT,
    KEEP
  }

  private static final Key<Absent> ABSENT =
      Key.optional(
              "absent",
              Scalars.oneOf(Absent.class),
              "retract",
              "What it means that a record is no longer there. `retract`: after two complete looks"
                  + " without it, its row is taken back. `keep`: nothing.")
          .or(Absent.RETRACT, "retract");

  private static final Key<MostTakenBack> RETRACT_AT_MOST =
      Key.optional(
              "retract-at-most",
              Scalars.MOST_TAKEN_BACK,
              "10%",
              "How many of an item's rows one look may take back: a share, a number of rows, or"
                  + " both, of which more counts. A look that would take back more is archived, but"
                  + " not in force until one of another day says the same, or producer fetch"
                  + " --accept ITEM.")
          .or(USUAL_MOST, "10% or 5 rows");

  private static Absence absence(Values values) {
    if (values.get(ABSENT) == Absent.KEEP) {
      if (values.isWritten(RETRACT_AT_MOST)) {
        values.refuse(RETRACT_AT_MOST, "with absent: keep nothing is taken back; leave it out");
      }
      return Absence.SAYS_NOTHING;
    }
    MostTakenBack most = values.get(RETRACT_AT_MOST);
    return new Absence(true, most.percent(), most.rows());
  }

  // --- windows ---

  private static final Key<Duration> WINDOW_EVERY =
      Key.required(
          "every",
          Scalars.DURATION,
          "1d",
          "How long a window is: whole days, or hours that divide a day.");

  private static final Key<LocalDate> WINDOW_FROM =
      Key.required("from", Scalars.DATE, "2020-01-01", "The day on which the first window begins.");

  private static final Key<ZoneId> ZONE =
      Key.optional("zone", Scalars.ZONE, "UTC", "The time zone in which days begin.")
          .or(ZoneOffset.UTC, "UTC");

  private static final Key<List<Duration>> LOOK_AGAIN =
      Key.optional(
              "look-again",
              new ListForm<>(Scalars.DURATION),
              "[1h, 6h, 1d, 3d, 7d, 30d]",
              "How long after its end a window is looked at again, each longer than the one before."
                  + " One more look is planned while the last one still brought something.")
          .or(List.of(), "not at all");

  private static final Group<Windows> WINDOWS_GROUP =
      new Group<>(
          "windows",
          "reads.windows",
          "By stretches of time, each of which is asked for, held and judged as a whole. What a"
              + " window no longer has is taken back.",
          List.of(WINDOW_EVERY, WINDOW_FROM, ZONE, LOOK_AGAIN, ABSENT, RETRACT_AT_MOST, ASK),
          values ->
              Optional.of(
                  new Windows(
                      values.get(WINDOW_EVERY),
                      values.get(WINDOW_FROM),
                      values.get(ZONE),
                      values.get(LOOK_AGAIN),
                      absence(values),
                      values.get(ASK))));

  // --- changes ---

  private static final Key<Duration> EVERY =
      Key.required("every", Scalars.DURATION, "15m", "How often it is asked.");

  private static final Key<Optional<Instant>> CHANGES_FROM =
      Key.optional(
              "from",
              Scalars.BEGINNING,
              "1970-01-01T00:00:00Z",
              "The first position. `first-run`: the time of the first run, where something else"
                  + " brings what was before.")
          .or(Optional.empty(), "first-run");

  private static final Key<JsonPointer> CURSOR_AT =
      Key.required("at", Scalars.POINTER, "/updated_at", "Where a record has it.");

  private static final Key<Writing> CURSOR_AS =
      Key.required(
          "as",
          Scalars.oneOf(Writing.class),
          "iso",
          "How a record has it: iso, epoch-seconds, epoch-millis, or number, which only grows and"
              + " is no time.");

  private static final Key<Writing> SENT_AS =
      Key.optional(
          "sent-as",
          Scalars.oneOf(Writing.class),
          "iso",
          "How a request has it. Without it: as a record has it.");

  private static final Key<Cursor> CURSOR =
      Key.required(
          "cursor",
          new Group<>(
              "cursor",
              "reads.changes.cursor",
              "What orders changes.",
              List.of(CURSOR_AT, CURSOR_AS, SENT_AS),
              ReadingKeys::cursor),
          "{at: /updated_at, as: iso}",
          "What tells how far one has read.");

  private static final Key<Order> ORDER =
      Key.required(
          "order",
          Scalars.oneOf(Order.class),
          "ascending",
          "In which order the API gives what changed. `ascending`: by the cursor, the oldest first,"
              + " which is checked on each page. `none`: the position moves when all pages are"
              + " read.");

  private static final Key<Duration> LAG =
      Key.required(
          "lag",
          Scalars.DURATION_OR_NONE,
          "5m",
          "How much later than its cursor says a record may be seen. The next position is never"
              + " later than the start of the read less this.");

  private static final Group<Changes> CHANGES_GROUP =
      new Group<>(
          "changes",
          "reads.changes",
          "By what changed since a position: cheap, and of records of any age. That a record is"
              + " absent says nothing.",
          List.of(EVERY, CHANGES_FROM, CURSOR, ORDER, LAG, ASK),
          values ->
              Optional.of(
                  new Changes(
                      values.get(EVERY),
                      values.get(CHANGES_FROM),
                      values.get(CURSOR),
                      values.get(ORDER),
                      values.get(LAG),
                      values.get(ASK))));

  private static Optional<Cursor> cursor(Values values) {
    Writing as = values.get(CURSOR_AS);
    Writing sentAs = values.find(SENT_AS).orElse(as);
    if ((as == Writing.NUMBER) != (sentAs == Writing.NUMBER)) {
      values.refuse(
          SENT_AS,
          "a number that is no time cannot be sent as a time, nor a time as such a number");
    }
    return Optional.of(new Cursor(values.get(CURSOR_AT), as, sentAs));
  }

  // --- whole ---

  private static final Group<Whole> WHOLE_GROUP =
      new Group<>(
          "whole",
          "reads.whole",
          "All at once. Beside `changes` it finds what those never tell: records that are gone.",
          List.of(EVERY, ABSENT, RETRACT_AT_MOST, ASK),
          values -> Optional.of(new Whole(values.get(EVERY), absence(values), values.get(ASK))));

  // --- listed ---

  private static final Key<String> OF =
      Key.optional(
          "of",
          Scalars.RESOURCE_NAME,
          "issues",
          "The resource whose records name the items: each new record is one.");

  private record Stretches(Duration every, LocalDate from, ZoneId zone) {}

  private static final Key<Stretches> LIST_WINDOWS =
      Key.required(
          "windows",
          new Group<>(
              "list-windows",
              "reads.listed.list.windows",
              "The stretches of time that are listed one by one.",
              List.of(WINDOW_EVERY, WINDOW_FROM, ZONE),
              values ->
                  Optional.of(
                      new Stretches(
                          values.get(WINDOW_EVERY), values.get(WINDOW_FROM), values.get(ZONE)))),
          "{every: 7d, from: 2023-10-01}",
          "The stretches of time that are listed one by one.");

  private static final Key<RecordForm> LIST_RECORDS =
      Key.required("records", RecordKeys.RECORDS, "/games", "Where the listing's records are.");

  private static final Key<Listing> LIST =
      Key.optional(
          "list",
          new Group<>(
              "list",
              "reads.listed.list",
              "A listing of its own.",
              List.of(LIST_WINDOWS, ASK, LIST_RECORDS),
              values ->
                  Optional.of(
                      new Listing.OfWindows(
                          values.get(LIST_WINDOWS).every(),
                          values.get(LIST_WINDOWS).from(),
                          values.get(LIST_WINDOWS).zone(),
                          values.get(ASK),
                          values.get(LIST_RECORDS)))),
          "{windows: {every: 7d, from: 2023-10-01}, ask: {path: \"/schedule/{from}\", paging:"
              + " none}, records: /games}",
          "A listing of its own, whose records name the items.");

  private static final Key<Map<String, JsonPointer>> FOR =
      Key.required(
          "for",
          MapForm.of(Scalars.VALUE_NAME, Scalars.POINTER),
          "{number: /number}",
          "An item's values by name, and where the record that names it has them. The first is the"
              + " item's id; all may stand in paths, queries and fields (`item.NAME`).");

  private static final Key<Condition> ONLY =
      Key.optional(
          "only",
          RecordKeys.CONDITION,
          "{at: /gameType, in: [2, 3]}",
          "Which records count; all without it.");

  private static final Key<Condition> READY =
      Key.optional(
          "ready",
          RecordKeys.CONDITION,
          "{at: /state, is: FINAL}",
          "When an item can be asked for; at once without it.");

  private static final Key<Condition> VOID =
      Key.optional(
          "void",
          RecordKeys.CONDITION,
          "{at: /state, is: CANCELLED}",
          "When there will never be anything to ask for.");

  private static final Key<List<JsonPointer>> AGAIN_WHEN =
      Key.optional(
              "again-when",
              new ListForm<>(Scalars.POINTER),
              "[/updated_at]",
              "Values of the record that names the item: where one changes, the item is asked for"
                  + " again.")
          .or(List.of(), "");

  private static final Key<List<Duration>> ITEM_LOOK_AGAIN =
      Key.optional(
              "look-again",
              new ListForm<>(Scalars.DURATION),
              "[7d, 30d]",
              "How long after its last change an item is looked at again, each longer than the one"
                  + " before.")
          .or(List.of(), "not at all");

  private static final Key<Ask> ITEM_ASK =
      Key.optional("ask", ASK_GROUP, "{path: \"/items/{id}\", paging: none}", "What is asked.");

  private static final Key<List<Ask>> ASKS =
      Key.optional(
          "asks",
          new ListForm<>(NAMED_ASK),
          "[{name: boxscore, path: \"/games/{id}/boxscore\", paging: none}]",
          "Several requests for each item, each with a name.");

  private static final Group<Listed> LISTED_GROUP =
      new Group<>(
          "listed",
          "reads.listed",
          "Item by item, each by its id, which something else lists.",
          List.of(
              OF,
              LIST,
              FOR,
              ONLY,
              READY,
              VOID,
              AGAIN_WHEN,
              ITEM_LOOK_AGAIN,
              ABSENT,
              RETRACT_AT_MOST,
              ITEM_ASK,
              ASKS),
          ReadingKeys::listed);

  private static Optional<Listed> listed(Values values) {
    boolean named = values.isOneOf(OF, LIST);
    boolean asked = values.isOneOf(ITEM_ASK, ASKS);
    if (!named || !asked) {
      return Optional.empty();
    }
    return Optional.of(
        new Listed(
            values
                .find(OF)
                .<Listing>map(Listing.OfResource::new)
                .or(() -> values.find(LIST))
                .orElseThrow(),
            Collections.unmodifiableMap(values.get(FOR)),
            values.find(ONLY),
            values.find(READY),
            values.find(VOID),
            values.get(AGAIN_WHEN),
            values.get(ITEM_LOOK_AGAIN),
            absence(values),
            values.find(ITEM_ASK).map(List::of).or(() -> values.find(ASKS)).orElseThrow()));
  }

  // --- all ---

  /** How the records of a resource are read, by one way or more. */
  record Readings(
      Optional<Windows> windows,
      Optional<Changes> changes,
      Optional<Listed> listed,
      Optional<Whole> whole) {}

  private static final Key<Windows> WINDOWS =
      Key.optional(
          "windows",
          WINDOWS_GROUP,
          "{every: 1d, from: 2020-01-01, ask: {path: /query, query: {from: \"{from}\", to:"
              + " \"{to}\"}, paging: none}}",
          "By stretches of time.");

  private static final Key<Changes> CHANGES =
      Key.optional(
          "changes",
          CHANGES_GROUP,
          "{every: 15m, cursor: {at: /updated_at, as: iso}, order: none, lag: 5m, ask: {path:"
              + " /query, query: {since: \"{since}\"}, paging: none}}",
          "By what changed since a position.");

  private static final Key<Listed> LISTED =
      Key.optional(
          "listed",
          LISTED_GROUP,
          "{of: issues, for: {number: /number}, ask: {path: \"/issues/{number}\", paging: none}}",
          "Item by item, each by its id.");

  private static final Key<Whole> WHOLE =
      Key.optional(
          "whole", WHOLE_GROUP, "{every: 30d, ask: {path: /all, paging: none}}", "All at once.");

  static final Group<Readings> READS =
      new Group<>(
          "reads",
          "reads",
          "How the records of a resource are read: one way, or several that make up for one"
              + " another.",
          List.of(WINDOWS, CHANGES, LISTED, WHOLE),
          values -> {
            if (!values.isWritten(WINDOWS)
                && !values.isWritten(CHANGES)
                && !values.isWritten(LISTED)
                && !values.isWritten(WHOLE)) {
              values.refuse("expected windows, changes, listed or whole, or several of them");
            }
            return Optional.of(
                new Readings(
                    values.find(WINDOWS),
                    values.find(CHANGES),
                    values.find(LISTED),
                    values.find(WHOLE)));
          });

  private ReadingKeys() {}
}
