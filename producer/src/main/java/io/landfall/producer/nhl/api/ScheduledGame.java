package io.landfall.producer.nhl.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.landfall.producer.nhl.stats.NhlItem;
import io.landfall.schemas.Item;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads one entry of a schedule. What can be told from the rest of it is; the rest is odd. */
final class ScheduledGame {

  /** Regular season and playoffs; preseason, All-Star and national-team games are not counted. */
  private static final Set<Integer> COUNTED_TYPES = Set.of(2, 3);

  private static final String POSTPONED = "PPD";
  private static final String CANCELLED = "CNCL";

  /** The values of {@code gameScheduleState} that say nothing against {@code gameState}. */
  private static final Set<String> AS_LISTED = Set.of("", "OK", "TBD");

  /** SSSSTTNNNN: the season's first year, the type, a number. */
  private static final Pattern ID = Pattern.compile("[1-9]\\d{9}");

  private static final int SHOWN = 60;

  /** A state or a team in letters; what is longer is none, and would be kept with each entry. */
  private static final int LONGEST_WORD = 40;

  private final JsonNode entry;
  private final LocalDate date;
  private final boolean over;
  private final List<String> notes = new ArrayList<>();

  /**
   * @param date of the day that the entry is of
   * @param over whether that day is over
   */
  ScheduledGame(JsonNode entry, LocalDate date, boolean over) {
    this.entry = entry;
    this.date = date;
    this.over = over;
  }

  /**
   * The game as an item; empty if it is of a kind that is not counted.
   *
   * @throws IllegalArgumentException if it cannot be listed; it says why
   */
  Optional<Item> item() {
    int id =
        id(entry)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        entry.isObject()
                            ? "id is %s, not a game's".formatted(shown(entry.path("id")))
                            : "it is %s, not a game".formatted(shown(entry))));
    int type = type(id);
    return COUNTED_TYPES.contains(type) ? Optional.of(item(id, type)) : Optional.empty();
  }

  private Item item(int id, int type) {
    if (entry.path("id").isTextual()) {
      notes.add("id is the text %s".formatted(shown(entry.path("id"))));
    }
    return NhlItem.of(
        id, date, type, state(), over, abbreviation("homeTeam"), abbreviation("awayTeam"));
  }

  /** What is odd about a game that is listed all the same. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  /** The id of an entry, if it has one that can be a game's. */
  static Optional<Integer> id(JsonNode entry) {
    JsonNode id = entry.path("id");
    boolean whole = id.isIntegralNumber() || id.isTextual();
    return Optional.of(id.asText().strip())
        .filter(text -> whole && ID.matcher(text).matches())
        .map(Long::valueOf)
        .filter(number -> number <= Integer.MAX_VALUE)
        .map(Long::intValue);
  }

  /** The type is in the id too; where they differ, no game that may count is left out. */
  private int type(int id) {
    int byId = id / 10_000 % 100;
    Optional<Integer> stated = number(entry.path("gameType"));
    if (stated.isPresent() && stated.get() == byId) {
      return byId;
    }
    int type = stated.filter(COUNTED_TYPES::contains).orElse(byId);
    if (COUNTED_TYPES.contains(type)) {
      notes.add(
          "gameType is %s, by its id it is %d; listed as %d"
              .formatted(shown(entry.path("gameType")), byId, type));
    }
    return type;
  }

  private String state() {
    String game = text("gameState");
    if (game.isEmpty()) {
      throw new IllegalArgumentException(
          "gameState is %s".formatted(shown(entry.path("gameState"))));
    }
    String schedule = text("gameScheduleState");
    boolean ended = NhlItem.isEnded(game);
    if (schedule.equals(CANCELLED) || (schedule.equals(POSTPONED) && !ended)) {
      if (ended) {
        noteContradiction(game, "not asked for");
      }
      return schedule;
    }
    if (ended && !AS_LISTED.contains(schedule)) {
      noteContradiction(game, "asked for");
    } else if (!AS_LISTED.contains(schedule)) {
      noteUnknown("gameScheduleState");
      return schedule;
    } else if (!NhlItem.isKnown(game)) {
      noteUnknown("gameState");
    }
    return game;
  }

  private void noteContradiction(String game, String so) {
    notes.add(
        "gameScheduleState is %s, but gameState is %s; %s"
            .formatted(shown(entry.path("gameScheduleState")), game, so));
  }

  private void noteUnknown(String field) {
    notes.add(
        "%s is %s, which is not known; asked for %s"
            .formatted(
                field,
                shown(entry.path(field)),
                over ? "because its day is over" : "when its day is over"));
  }

  /** A plain value in words; empty where there is none. */
  private String text(String field) {
    JsonNode value = entry.path(field);
    String word = value.isValueNode() && !value.isNull() ? value.asText().strip() : "";
    return word.length() <= LONGEST_WORD ? word : "";
  }

  private String abbreviation(String team) {
    JsonNode value = entry.path(team).path("abbrev");
    JsonNode text = value.isObject() ? value.path("default") : value;
    if (text.isTextual() && !text.asText().isBlank() && text.asText().length() <= LONGEST_WORD) {
      return text.asText();
    }
    notes.add("%s.abbrev is %s".formatted(team, shown(value)));
    return "?";
  }

  /** A whole number, also as text. */
  static Optional<Integer> number(JsonNode value) {
    boolean whole = value.isIntegralNumber() || value.isTextual();
    return Optional.of(value.asText().strip())
        .filter(text -> whole && text.matches("\\d{1,9}"))
        .map(Integer::valueOf);
  }

  /** A value as it came, for messages. */
  static String shown(JsonNode value) {
    if (value.isMissingNode()) {
      return "missing";
    }
    String json = value.toString();
    return json.length() <= SHOWN ? json : json.substring(0, SHOWN) + "…";
  }
}
