package io.landfall.producer.infer;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What the records have at one place.
 *
 * @param at from the record
 * @param all values that are there and not null
 * @param of how many records there are
 */
record Values(JsonPointer at, List<JsonNode> all, int of) {

  /** A moment of this century, in seconds and in milliseconds. */
  private static final long FROM = 946_684_800L;

  private static final long TO = 4_102_444_800L;

  /** What a field's values are, from the narrowest to the widest that there is. */
  enum Form {
    TIME("timestamp", ""),
    EPOCH_MILLIS("timestamp", "epoch-millis"),
    EPOCH_SECONDS("timestamp", "epoch-seconds"),
    DATE("date", ""),
    BOOLEAN("boolean", ""),
    INT("int", ""),
    LONG("long", ""),
    DOUBLE("double", ""),
    TEXT("text", ""),
    JSON("json", "");

    private final String type;
    private final String as;

    Form(String type, String as) {
      this.type = type;
      this.as = as;
    }

    String type() {
      return type;
    }

    String as() {
      return as;
    }
  }

  Values {
    all = List.copyOf(all);
  }

  /** What some records have at some places, in their order. */
  static List<Values> at(Collection<JsonPointer> places, List<JsonNode> records) {
    return places.stream()
        .map(
            at ->
                new Values(
                    at,
                    records.stream()
                        .map(record -> record.at(at))
                        .filter(value -> !value.isMissingNode() && !value.isNull())
                        .toList(),
                    records.size()))
        .toList();
  }

  String name() {
    return at.last().getMatchingProperty();
  }

  boolean areEverywhere() {
    return all.size() == of;
  }

  boolean areUnique() {
    Set<JsonNode> seen = new HashSet<>();
    return areEverywhere() && all.stream().allMatch(seen::add);
  }

  /** Whether one of these alone may tell one record from another. */
  boolean mayBeKey() {
    Form form = form();
    return (form == Form.TEXT || form == Form.INT || form == Form.LONG) && areUnique();
  }

  /** Whether these may be a part of what tells one record from another. */
  boolean mayBeOfKey() {
    return areEverywhere()
        && switch (form()) {
          case TEXT, INT, LONG, DATE, TIME, EPOCH_SECONDS, EPOCH_MILLIS -> true;
          default -> false;
        };
  }

  Form form() {
    if (all.isEmpty()) {
      return Form.TEXT;
    }
    if (all.stream().allMatch(JsonNode::isTextual)) {
      return all.stream().allMatch(Values::isTime)
          ? Form.TIME
          : all.stream().allMatch(Values::isDate) ? Form.DATE : Form.TEXT;
    }
    if (all.stream().allMatch(JsonNode::isBoolean)) {
      return Form.BOOLEAN;
    }
    if (all.stream().allMatch(JsonNode::isIntegralNumber)) {
      return number();
    }
    return all.stream().allMatch(JsonNode::isNumber) ? Form.DOUBLE : Form.JSON;
  }

  private Form number() {
    if (soundsLikeATime() && all.stream().allMatch(value -> isBetween(value, FROM, TO))) {
      return Form.EPOCH_SECONDS;
    }
    if (soundsLikeATime()
        && all.stream().allMatch(value -> isBetween(value, FROM * 1000, TO * 1000))) {
      return Form.EPOCH_MILLIS;
    }
    boolean small = all.stream().allMatch(JsonNode::canConvertToInt);
    // An id grows, and samples are its small beginning.
    boolean isId = name().equals("id") || name().endsWith("_id") || name().endsWith("Id");
    return small && !isId ? Form.INT : Form.LONG;
  }

  private static boolean isBetween(JsonNode value, long from, long to) {
    return value.canConvertToLong() && value.longValue() >= from && value.longValue() < to;
  }

  private boolean soundsLikeATime() {
    String name = name().toLowerCase(Locale.ROOT);
    return List.of("time", "date", "updated", "created", "modified", "changed", "_at", "timestamp")
        .stream()
        .anyMatch(name::contains);
  }

  /** Whether a record's value here moves when the record changes, by its name. */
  boolean soundLikeAChange() {
    String name = name().toLowerCase(Locale.ROOT);
    return List.of("updated", "modified", "changed", "last_edit").stream().anyMatch(name::contains);
  }

  boolean areTimes() {
    return switch (form()) {
      case TIME, EPOCH_MILLIS, EPOCH_SECONDS -> true;
      default -> false;
    };
  }

  private static boolean isTime(JsonNode text) {
    try {
      OffsetDateTime.parse(text.textValue());
      return true;
    } catch (DateTimeException e) {
      // It is something else.
      return false;
    }
  }

  private static boolean isDate(JsonNode text) {
    try {
      LocalDate.parse(text.textValue());
      return true;
    } catch (DateTimeException e) {
      // It is something else.
      return false;
    }
  }
}
