package io.landfall.sandbox.collection;

import io.landfall.sandbox.server.Request;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a listing is asked for.
 *
 * @param from the least {@code happened} in seconds; bounds count
 * @param to the most
 * @param since the least {@code updated}
 * @param limit the most records in an answer
 * @param at where the page begins, as the request says it; empty for the first
 */
record Query(
    long from,
    long to,
    long since,
    Optional<String> kind,
    boolean includeDeleted,
    Order sort,
    boolean descending,
    Paging paging,
    Form form,
    int limit,
    Optional<String> at,
    Map<String, String> parameters) {

  static final int USUAL_LIMIT = 100;
  private static final long MILLIS = 1000;
  private static final long EVER = 1L << 60;
  private static final Set<String> KNOWN =
      Set.of(
          "from",
          "to",
          "since",
          "kind",
          "includedeleted",
          "sort",
          "direction",
          "paging",
          "form",
          "limit");

  Query {
    parameters = Map.copyOf(parameters);
  }

  /**
   * @param most the largest limit
   * @throws BadRequest for what cannot be answered
   */
  static Query of(Request request, int most) {
    Paging paging = choice(request, "paging", Paging.values(), Paging.LINK);
    Form form = choice(request, "form", Form.values(), Form.LIST);
    if (paging.needsBody() && form != Form.LIST && form != Form.OBJECT && form != Form.COLUMNS) {
      throw new BadRequest(
          "form=%s leaves no room for what paging=%s needs; use form=list"
              .formatted(word(form), word(paging)));
    }
    known(request, paging);
    String direction = request.parameter("direction").orElse("asc");
    if (!direction.equals("asc") && !direction.equals("desc")) {
      throw new BadRequest("direction must be asc or desc, not \"" + direction + "\"");
    }
    Optional<String> kind = request.parameter("kind");
    if (kind.isPresent() && !RecordText.KINDS.contains(kind.get())) {
      throw new BadRequest(
          "kind must be one of %s, not \"%s\""
              .formatted(String.join(", ", RecordText.KINDS), kind.get()));
    }
    return new Query(
        -Math.floorDiv(-millis(request, "from", -EVER), MILLIS),
        Math.floorDiv(millis(request, "to", EVER), MILLIS),
        -Math.floorDiv(-millis(request, "since", -EVER), MILLIS),
        kind,
        request.parameter("includedeleted").filter("true"::equals).isPresent(),
        choice(request, "sort", Order.values(), Order.ID),
        direction.equals("desc"),
        paging,
        form,
        number(request, "limit", 1, most).orElse(Math.min(USUAL_LIMIT, most)),
        request.parameter(paging.parameter),
        request.query());
  }

  /** The records that are asked for, on all pages, in their order. */
  List<Entry> matches(Shown shown) {
    boolean byTime = parameters.containsKey("from") || parameters.containsKey("to");
    boolean bySince = parameters.containsKey("since");
    List<Entry> found =
        byTime
            ? shown.range(Order.HAPPENED, from, to)
            : bySince ? shown.range(Order.UPDATED, since, Long.MAX_VALUE) : shown.all(sort);
    boolean sorted = !byTime && (!bySince || sort == Order.UPDATED);
    if ((byTime && bySince) || kind.isPresent() || includeDeleted) {
      found = new ArrayList<>(found);
      if (includeDeleted) {
        found.addAll(shown.deleted());
        sorted = false;
      }
      found.removeIf(record -> !matches(record));
    }
    if (!sorted) {
      found = new ArrayList<>(found);
      found.sort(sort.comparator());
    }
    return descending ? new Backwards(found) : found;
  }

  private boolean matches(Entry record) {
    return record.happened() >= from
        && record.happened() <= to
        && record.updated() >= since
        && kind.filter(one -> !one.equals(RecordText.kind(record))).isEmpty();
  }

  /** Path and query of the same listing from another place on. */
  String target(String path, String place) {
    Map<String, String> all = new TreeMap<>(parameters);
    all.put(paging.parameter, place);
    return path
        + "?"
        + all.entrySet().stream()
            .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
            .collect(Collectors.joining("&"));
  }

  /** Whether this is another page of that listing, or the changes since a later time. */
  boolean goesOn(Query before) {
    return !parameters.equals(before.parameters) && listing().equals(before.listing());
  }

  private Map<String, String> listing() {
    Map<String, String> same = new HashMap<>(parameters);
    same.remove(paging.parameter);
    same.remove("since");
    return same;
  }

  /** The number of the page or of its first record. */
  int number() {
    int first = paging.first().orElse(0);
    if (at.isEmpty()) {
      return first;
    }
    return number(at.get(), paging.parameter, first, Integer.MAX_VALUE);
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static void known(Request request, Paging paging) {
    Set<String> known = new TreeSet<>(KNOWN);
    if (paging != Paging.NONE) {
      known.add(paging.parameter);
    }
    for (String name : request.query().keySet()) {
      if (!known.contains(name)) {
        throw new BadRequest(
            "no such parameter: %s; with paging=%s there are %s"
                .formatted(name, word(paging), String.join(", ", known)));
      }
    }
  }

  private static <E extends Enum<E>> E choice(Request request, String name, E[] all, E usual) {
    Optional<String> given = request.parameter(name);
    if (given.isEmpty()) {
      return usual;
    }
    return Arrays.stream(all)
        .filter(one -> word(one).equals(given.get()))
        .findFirst()
        .orElseThrow(
            () ->
                new BadRequest(
                    "%s must be one of %s, not \"%s\""
                        .formatted(
                            name,
                            Arrays.stream(all).map(Query::word).collect(Collectors.joining(", ")),
                            given.get())));
  }

  static OptionalInt number(Request request, String name, int least, int most) {
    Optional<String> given = request.parameter(name);
    return given.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(number(given.get(), name, least, most));
  }

  private static int number(String text, String name, int least, int most) {
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // The message below says what was expected.
    }
    throw new BadRequest(
        "%s must be a whole number from %d to %d, not \"%s\"".formatted(name, least, most, text));
  }

  /** A time: ISO with or without zone, a date, seconds or milliseconds since 1970. */
  private static long millis(Request request, String name, long usual) {
    Optional<String> given = request.parameter(name);
    if (given.isEmpty()) {
      return usual;
    }
    String text = given.get();
    try {
      if (text.matches("\\d{1,11}")) {
        return Long.parseLong(text) * MILLIS;
      }
      if (text.matches("\\d{12,15}")) {
        return Long.parseLong(text);
      }
      if (!text.contains("T")) {
        return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
      }
      return text.matches(".*(Z|[+-]\\d\\d:?\\d\\d)")
          ? Instant.parse(text).toEpochMilli()
          : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC).toEpochMilli();
    } catch (DateTimeException e) {
      throw new BadRequest(
          "%s must be a time like 2026-11-25T06:00:00Z or 2026-11-25, not \"%s\""
              .formatted(name, text));
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
