package io.landfall.sandbox.collection;

import java.util.List;
import java.util.Locale;

/** A record as JSON: what it says follows from the seed, its number and its revision. */
final class RecordText {

  /** The members of a record, in their order. */
  enum Column {
    ID,
    NAME,
    KIND,
    STATUS,
    VALUE,
    COUNT,
    PRICE,
    CHECKED,
    HAPPENED,
    CREATED,
    UPDATED,
    PLACE,
    NOTE,
    TAGS;

    final String named = "\"" + name().toLowerCase(Locale.ROOT) + "\":";
  }

  private static final List<Column> COLUMNS = List.of(Column.values());
  private static final List<String> NAMES =
      List.of("Alder", "Birch", "Cedar", "Elm", "Fir", "Hazel", "Larch", "Maple", "Oak", "Rowan");
  private static final List<String> REGIONS = List.of("north", "east", "south", "west");
  private static final List<String> NOTES =
      List.of("seen again", "second reading", "a \\\"guess\\\"", "na\\u00efve estimate");

  /** What a record can be; {@code kind=} asks for one of these. */
  static final List<String> KINDS = List.of("spring", "summer", "autumn", "winter");

  private final long seed;

  RecordText(long seed) {
    this.seed = seed;
  }

  static String kind(Entry record) {
    return KINDS.get(record.number() % KINDS.size());
  }

  /** A record as an object. */
  void object(Entry record, JsonBytes to) {
    to.text("{");
    members(record, to, COLUMNS);
  }

  /** A record as a member of an object, which is named by its id and does not repeat that. */
  void member(Entry record, JsonBytes to) {
    id(record, to);
    to.text(":{");
    members(record, to, COLUMNS.subList(1, COLUMNS.size()));
  }

  /** One member of all records, as an array; null where a record has none. */
  void column(Column column, List<Entry> records, JsonBytes to) {
    to.text(column.named).text("[");
    String between = "";
    for (Entry record : records) {
      to.text(between);
      between = ",";
      long drawn = drawn(record);
      if (has(column, drawn)) {
        value(column, record, drawn, to);
      } else {
        to.text("null");
      }
    }
    to.text("]");
  }

  /** What belongs to a record, as an array of up to four objects. */
  void parts(Entry record, JsonBytes to) {
    long drawn = drawn(record);
    int parts = (int) ((drawn >>> 40) % 5);
    to.text("{\"parts\":[");
    for (int part = 1; part <= parts; part++) {
      to.text(part == 1 ? "{\"id\":\"" : ",{\"id\":\"").text(Entry.id(record.number()));
      to.text("-").number(part).text("\",\"record\":");
      id(record, to);
      to.text(",\"position\":").number(part);
      to.text(",\"size\":").number((drawn >>> (part * 7)) % 90 + 10).text("}");
    }
    to.text("]}");
  }

  private void members(Entry record, JsonBytes to, List<Column> columns) {
    long drawn = drawn(record);
    String between = "";
    for (Column column : columns) {
      if (has(column, drawn)) {
        to.text(between).text(column.named);
        between = ",";
        value(column, record, drawn, to);
      }
    }
    to.text("}");
  }

  /** Some records have no place, and some no note, not even null. */
  private static boolean has(Column column, long drawn) {
    return switch (column) {
      case PLACE -> part(drawn, 3, 10) != 0;
      case NOTE -> part(drawn, 4, 4) != 0;
      default -> true;
    };
  }

  private static void value(Column column, Entry record, long drawn, JsonBytes to) {
    switch (column) {
      case ID -> id(record, to);
      case NAME ->
          to.text("\"")
              .text(NAMES.get(record.number() % NAMES.size()))
              .text(" ")
              .number(record.number())
              .text("\"");
      case KIND -> to.text("\"").text(kind(record)).text("\"");
      case STATUS -> to.text(record.deleted() ? "\"deleted\"" : "\"active\"");
      case VALUE -> {
        if (part(drawn, 0, 20) == 0) {
          to.text("null");
        } else {
          to.number(part(drawn, 1, 1000) - 500).text(".").digits(part(drawn, 2, 100), 2);
        }
      }
      case COUNT -> to.number(record.revision());
      case PRICE ->
          to.text("\"")
              .number(part(drawn, 5, 500))
              .text(".")
              .digits(part(drawn, 6, 100), 2)
              .text("\"");
      case CHECKED -> to.text(part(drawn, 7, 2) == 0 ? "true" : "false");
      case HAPPENED -> to.time(record.happened());
      case CREATED -> to.time(record.created());
      case UPDATED -> to.time(record.updated());
      case PLACE ->
          to.text("{\"region\":\"")
              .text(REGIONS.get(part(drawn, 8, REGIONS.size())))
              .text("\",\"height\":")
              .number(part(drawn, 9, 3000))
              .text("}");
      case NOTE -> {
        int note = part(drawn, 4, 4);
        to.text(note == 1 ? "null" : "\"" + NOTES.get(part(drawn, 10, NOTES.size())) + "\"");
      }
      case TAGS -> tags(drawn, to);
    }
  }

  private static void id(Entry record, JsonBytes to) {
    if (record.number() < 10_000_000) {
      to.text("\"r").digits(record.number(), 7).text("\"");
    } else {
      to.text("\"").text(Entry.id(record.number())).text("\"");
    }
  }

  private static void tags(long drawn, JsonBytes to) {
    int tags = part(drawn, 11, 4);
    to.text("[");
    for (int i = 0; i < tags; i++) {
      to.text(i == 0 ? "\"t" : ",\"t").number(part(drawn, 12 + i, 9)).text("\"");
    }
    to.text("]");
  }

  private long drawn(Entry record) {
    return mix(mix(seed + record.number()) + record.revision());
  }

  /** One of several independent choices, from 0 to below a bound. */
  private static int part(long drawn, int which, int bound) {
    return (int) Math.floorMod(mix(drawn + which), (long) bound);
  }

  /** The finalizer of SplitMix64: neighbouring numbers give unrelated ones. */
  static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
