package io.landfall.sandbox.collection;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * Whatever a collection goes through while it is read, and however its API misbehaves: once it is
 * still and the looks have passed, the rows in force are the collection, no revision came twice,
 * and each item is done or says why not. A failure names its seed.
 */
class NothingLostTest {

  private static final String SCRIPTS = "landfall.scripts";

  /** The same scripts each time, and each night so many more of each: what fails, fails again. */
  private static final String DRAWN = "20261127";

  private static final String FIELDS =
      """
          key: [id]
          deleted: {at: /status, is: deleted}
          version: /updated
          fields:
            id:       {at: /id,           type: text}
            name:     {at: /name,         type: text}
            count:    {at: /count,        type: int}
            happened: {at: /happened,     type: timestamp}
            updated:  {at: /updated,      type: timestamp}
            price:    {at: /price,        type: "decimal(9,2)"}
      """;

  private static String whole(Paging paging, Form form, int limit) {
    return """
    source: collection
    about: A collection that is read as a whole.
    api: {url: "%%s", answers: {410: gone}}
    resources:
      records:
        reads:
          whole:
            every: 1d
            absent: retract
            ask:
              path: /records
              query: {paging: %s, form: %s, sort: id%s}
              paging: %s
        records: %s
    """
            .formatted(
                Query.word(paging),
                Query.word(form),
                size(paging, limit),
                paging(paging, form, limit),
                records(form))
        + FIELDS;
  }

  private static String windows(Paging paging, Paging ties, String older, int limit) {
    return """
    source: collection
    about: A collection that is read by time and by what changed.
    api: {url: "%%s", answers: {400: split, 410: gone}}
    resources:
      records:
        reads:
          windows:
            every: 3d
            from: 2026-09-20
            zone: UTC
            look-again: [1h, 6h, 1d, 3d]
            absent: retract
            ask:
              path: /records
              query: {from: "{from}", to: "{to}", paging: %s, sort: id%s}
              paging: %s
              count: {path: /count, query: {from: "{from}", to: "{to}"}, at: /count}
          changes:
            every: 10m
            from: first-run
            cursor: {at: /updated, as: iso}
            order: ascending
            lag: 12h
            ask:
              path: /records
              query: {since: "{since}", sort: updated, includedeleted: "true", paging: %s%s}
              paging: {by: cursor, ties: %s}
        records: /records
        older: %s
    """
            .formatted(
                Query.word(paging),
                size(paging, limit),
                paging(paging, Form.LIST, limit),
                Query.word(ties),
                size(ties, limit),
                paging(ties, Form.LIST, limit),
                older)
        + FIELDS;
  }

  private static String changes(Paging ties, int limit) {
    return """
    source: collection
    about: A collection that is read by what changed.
    api: {url: "%%s", answers: {410: gone}}
    resources:
      records:
        reads:
          changes:
            every: 10m
            from: 2026-09-01T00:00:00Z
            cursor: {at: /updated, as: iso}
            order: ascending
            lag: 2h
            ask:
              path: /records
              query: {since: "{since}", sort: updated, includedeleted: "true", paging: %s%s}
              paging: {by: cursor, ties: %s}
        records: /records
    """
            .formatted(Query.word(ties), size(ties, limit), paging(ties, Form.LIST, limit))
        + FIELDS;
  }

  private static String unordered(Paging paging, int limit) {
    return """
    source: collection
    about: A collection that is read by what changed, in no order.
    api: {url: "%%s", answers: {410: gone}}
    resources:
      records:
        reads:
          changes:
            every: 10m
            from: 2026-09-01T00:00:00Z
            cursor: {at: /updated, as: iso}
            order: none
            lag: 2h
            ask:
              path: /records
              query: {since: "{since}", sort: id, includedeleted: "true", paging: %s%s}
              paging: %s
        records: /records
    """
            .formatted(Query.word(paging), size(paging, limit), paging(paging, Form.LIST, limit))
        + FIELDS;
  }

  private static boolean isNumbered(Paging paging) {
    return paging == Paging.PAGE || paging == Paging.OFFSET || paging == Paging.START;
  }

  /** Where paging says it itself, it is no part of the query. */
  private static String size(Paging paging, int limit) {
    return isNumbered(paging) || paging == Paging.NONE ? "" : ", limit: " + limit;
  }

  private static String paging(Paging paging, Form form, int limit) {
    String total =
        form == Form.ARRAY ? "" : form == Form.PAIR ? ", total: /0/total" : ", total: /total";
    return switch (paging) {
      case NONE -> "none";
      case LINK -> "link-header";
      case NEXT -> "{link: /links/next}";
      case TOKEN -> "{cursor: /next, to: query.token, more: /more}";
      case AFTER -> "{last: /id, to: query.starting_after, more: /more}";
      case PAGE -> "{page: page, first: 1, size: {limit: %d}%s}".formatted(limit, total);
      case OFFSET -> "{offset: offset, first: 0, size: {limit: %d}%s}".formatted(limit, total);
      case START -> "{offset: start, first: 1, size: {limit: %d}%s}".formatted(limit, total);
    };
  }

  private static String records(Form form) {
    return switch (form) {
      case LIST -> "/records";
      case ARRAY -> "\"\"";
      case PAIR -> "/1";
      case OBJECT -> "{object: /records, key: id}";
      case COLUMNS -> "{columns: /records}";
    };
  }

  /** How many records a page has. */
  private static int limit(Set<Misbehaviour> kinds, Random random) {
    return kinds.contains(Misbehaviour.CROWD) ? 400 : 5 + random.nextInt(20);
  }

  /** Crowds and pauses take their time: only some scripts have them. */
  private static Set<Misbehaviour> kinds(Random random, Misbehaviour... but) {
    Set<Misbehaviour> kinds = EnumSet.allOf(Misbehaviour.class);
    if (random.nextInt(8) > 0) {
      kinds.remove(Misbehaviour.CROWD);
    }
    if (random.nextInt(12) > 0) {
      kinds.remove(Misbehaviour.BUSY);
    }
    kinds.removeAll(List.of(but));
    return kinds;
  }

  /** So many scripts each time: {@code -Dlandfall.scripts}. */
  private static long[] seeds(int first) {
    return LongStream.range(first, (long) first + Math.max(1, Integer.getInteger(SCRIPTS, 1)))
        .toArray();
  }

  @Property(tries = 12, seed = DRAWN, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void whatIsReadAsAWhole(@ForAll Paging paging, @ForAll Form form, @ForAll int first)
      throws Exception {
    boolean hasRoom = !paging.needsBody() || (form != Form.ARRAY && form != Form.PAIR);
    Form right = hasRoom ? form : Form.LIST;
    for (long seed : seeds(first)) {
      Random random = new Random(seed);
      Set<Misbehaviour> kinds = kinds(random);
      try (World world = new World(whole(paging, right, limit(kinds, random)), seed)) {
        world.live(kinds, seed, 6, Duration.ofHours(30));
        world.rest(5);
        world.proven("whole %s %s seed %d".formatted(paging, right, seed));
      }
    }
  }

  /**
   * Left out is STALE: what a lagging copy says of one window can undo what another one, or what
   * changed, has told, and these are not told again. {@code older: skip} is for that: see below.
   */
  @Property(tries = 8, seed = DRAWN, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void whatIsReadByTimeAndByWhatChanged(
      @ForAll Paging paging, @ForAll Paging ties, @ForAll int first) throws Exception {
    for (long seed : seeds(first)) {
      byTime(paging, ties, "take", seed, Misbehaviour.STALE);
    }
  }

  /**
   * Left out is what has no later version than what it replaces: EDIT_SILENTLY, UPDATED_BACK and
   * CLOCK_BACK. It cannot be told from what a lagging copy says.
   */
  @Property(tries = 5, seed = DRAWN, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void whatIsReadWithCopiesThatLagBehind(
      @ForAll Paging paging, @ForAll Paging ties, @ForAll int first) throws Exception {
    for (long seed : seeds(first)) {
      byTime(
          paging,
          ties,
          "skip",
          seed,
          Misbehaviour.EDIT_SILENTLY,
          Misbehaviour.UPDATED_BACK,
          Misbehaviour.CLOCK_BACK);
    }
  }

  private static void byTime(
      Paging paging, Paging ties, String older, long seed, Misbehaviour... but) throws Exception {
    Paging rightTies = ties == Paging.NONE ? Paging.LINK : ties;
    Random random = new Random(seed);
    Set<Misbehaviour> kinds = kinds(random, but);
    String yaml = windows(paging, rightTies, older, limit(kinds, random));
    try (World world = new World(yaml, seed)) {
      world.live(kinds, seed, 6, Duration.ofHours(3));
      world.rest(9);
      world.proven("windows %s ties %s older %s seed %d".formatted(paging, rightTies, older, seed));
    }
  }

  /**
   * Left out is what changes without its cursor, which only windows or the whole can see:
   * EDIT_SILENTLY and UPDATED_BACK; what is later than the lag says: CLOCK_BACK and STALE; and what
   * an earlier look was answered, from a later place on, REPEAT_PAGE: it looks like the right
   * answer. By time these are read all the same.
   */
  @Property(tries = 8, seed = DRAWN, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void whatIsReadByWhatChangedInItsOrder(@ForAll Paging ties, @ForAll int first) throws Exception {
    Paging rightTies = ties == Paging.NONE ? Paging.LINK : ties;
    for (long seed : seeds(first)) {
      Random random = new Random(seed);
      Set<Misbehaviour> kinds =
          kinds(
              random,
              Misbehaviour.EDIT_SILENTLY,
              Misbehaviour.UPDATED_BACK,
              Misbehaviour.CLOCK_BACK,
              Misbehaviour.STALE,
              Misbehaviour.REPEAT_PAGE);
      try (World world = new World(changes(rightTies, limit(kinds, random)), seed)) {
        world.live(kinds, seed, 8, Duration.ofHours(5));
        world.rest(2);
        world.proven("changes ties %s seed %d".formatted(rightTies, seed));
      }
    }
  }

  /**
   * Left out besides is what looks like a right answer where nothing has an order: a page without
   * records, EMPTY, and a total that is too small, WRONG_TOTAL. In order these only put off.
   */
  @Property(tries = 8, seed = DRAWN, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void whatIsReadByWhatChangedInNoOrder(@ForAll Paging paging, @ForAll int first) throws Exception {
    for (long seed : seeds(first)) {
      Random random = new Random(seed);
      Set<Misbehaviour> kinds =
          kinds(
              random,
              Misbehaviour.EDIT_SILENTLY,
              Misbehaviour.UPDATED_BACK,
              Misbehaviour.CLOCK_BACK,
              Misbehaviour.STALE,
              Misbehaviour.EMPTY,
              Misbehaviour.WRONG_TOTAL,
              Misbehaviour.REPEAT_PAGE);
      try (World world = new World(unordered(paging, limit(kinds, random)), seed)) {
        world.live(kinds, seed, 8, Duration.ofHours(5));
        world.rest(2);
        world.proven("unordered %s seed %d".formatted(paging, seed));
      }
    }
  }
}
