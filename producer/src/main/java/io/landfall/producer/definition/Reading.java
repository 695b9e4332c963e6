package io.landfall.producer.definition;

import com.fasterxml.jackson.core.JsonPointer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the records of a resource are read. */
public sealed interface Reading {

  /**
   * By stretches of time, each of which is an item.
   *
   * @param every how long one is: whole days, or hours that divide a day
   * @param from where the first one begins
   * @param lookAgain how long after a stretch's end, or its last change, it is looked at again
   */
  record Windows(
      Duration every,
      LocalDate from,
      ZoneId zone,
      List<Duration> lookAgain,
      Absence absence,
      Ask ask)
      implements Reading {
    public Windows {
      lookAgain = List.copyOf(lookAgain);
    }
  }

  /**
   * By what changed since a position: one item that is never done.
   *
   * @param from the first position; empty for the time of the first run
   * @param lag how much later than its cursor says a record may be seen
   */
  record Changes(
      Duration every, Optional<Instant> from, Cursor cursor, Order order, Duration lag, Ask ask)
      implements Reading {}

  /**
   * By the id of each item, which something else lists.
   *
   * @param named what lists them
   * @param values names of an item's values, and where a listing's record has them; the first names
   *     the item
   * @param only which records count, if not all
   * @param ready when an item can be asked for, if not at once
   * @param gone when there will never be anything to ask for
   * @param againWhen where its parent has what makes an item due again when it changes
   * @param lookAgain how long after its last change an item is looked at again
   */
  record Listed(
      Listing named,
      Map<String, JsonPointer> values,
      Optional<Condition> only,
      Optional<Condition> ready,
      Optional<Condition> gone,
      List<JsonPointer> againWhen,
      List<Duration> lookAgain,
      Absence absence,
      List<Ask> asks)
      implements Reading {
    public Listed {
      againWhen = List.copyOf(againWhen);
      lookAgain = List.copyOf(lookAgain);
      asks = List.copyOf(asks);
    }
  }

  /** All at once: one item. */
  record Whole(Duration every, Absence absence, Ask ask) implements Reading {}

  /** What lists items. */
  sealed interface Listing {
    /** The records of another resource of the source. */
    record OfResource(String resource) implements Listing {}

    /** An answer of its own, once for each stretch of time. */
    record OfWindows(Duration every, LocalDate from, ZoneId zone, Ask ask, RecordForm records)
        implements Listing {}
  }

  /**
   * What it means that a record is not there any more.
   *
   * @param retracts whether its row is taken back
   * @param atMostPercent of an item's rows, which one look may take back
   * @param atMostRows the same as a number; whichever is more counts
   */
  record Absence(boolean retracts, int atMostPercent, int atMostRows) {
    public static final Absence SAYS_NOTHING = new Absence(false, 100, 0);
  }

  /** In which order an API gives what changed. */
  enum Order {
    /** By the cursor, the oldest first. */
    ASCENDING,
    /** In none that can be relied on. */
    NONE
  }

  /** How a time or a number is written. */
  enum Writing {
    ISO,
    EPOCH_SECONDS,
    EPOCH_MILLIS,
    /** A number that only grows, and is no time. */
    NUMBER
  }

  /**
   * What orders changes.
   *
   * @param as how a record has it
   * @param sentAs how a request has it
   */
  record Cursor(JsonPointer at, Writing as, Writing sentAs) {}

  /**
   * What is asked.
   *
   * @param name of the endpoint, for messages and in the archive
   * @param host the name of a further host; empty for the API's own
   * @param path with placeholders in braces, such as {@code {from}}
   * @param query by parameter, in order; values may have placeholders
   * @param count what tells how many there are, if anything
   * @param sameButFor what an answer may differ in without counting as changed
   * @param conditional whether it is asked for only if it changed, by ETag
   * @param emptyWhen where an answer that says nothing yet has nothing; for items
   */
  record Ask(
      String name,
      Optional<String> host,
      String path,
      Map<String, String> query,
      Paging paging,
      Optional<Count> count,
      List<JsonPointer> sameButFor,
      boolean conditional,
      Optional<JsonPointer> emptyWhen) {
    public Ask {
      query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
      sameButFor = List.copyOf(sameButFor);
    }
  }

  /** A request that tells how many records another one has. */
  record Count(String path, Map<String, String> query, JsonPointer at) {
    public Count {
      query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
    }
  }
}
