package io.landfall.producer.nhl.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.landfall.cli.Masked;
import io.landfall.producer.http.Answer;
import io.landfall.producer.nhl.stats.NhlItem;
import io.landfall.schemas.Item;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads the days of one {@code /schedule/DATE} answer. */
final class NhlSchedule {

  /** Regular season and playoffs; preseason, All-Star and national-team games are not counted. */
  private static final Set<Integer> COUNTED_TYPES = Set.of(2, 3);

  private static final Set<String> NOT_PLAYED_AS_LISTED = Set.of("PPD", "CNCL");

  private static final JsonMapper JSON = new JsonMapper();

  private NhlSchedule() {}

  /**
   * The days of an answer that were asked for, each with its games.
   *
   * @throws IllegalArgumentException if the answer is no schedule; it says what is wrong
   */
  static Map<LocalDate, List<Item>> days(Answer.Body answer, LocalDate first, LocalDate last) {
    try {
      return days(json(answer), first, last);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "GET %s: not a schedule: %s"
              .formatted(Masked.urls(answer.url().toString()), e.getMessage()),
          e);
    }
  }

  private static Map<LocalDate, List<Item>> days(
      JsonNode schedule, LocalDate first, LocalDate last) {
    JsonNode week = schedule.path("gameWeek");
    if (!week.isArray()) {
      throw new IllegalArgumentException("it has no list gameWeek");
    }
    Map<LocalDate, List<Item>> days = new TreeMap<>();
    for (JsonNode day : week) {
      LocalDate date = date(day);
      boolean wanted = !date.isBefore(first) && !date.isAfter(last);
      if (wanted && day.path("games").isArray()) {
        days.put(date, games(day, date));
      }
    }
    return days;
  }

  private static List<Item> games(JsonNode day, LocalDate date) {
    List<Item> games = new ArrayList<>();
    for (JsonNode game : day.path("games")) {
      if (COUNTED_TYPES.contains(game.path("gameType").asInt())) {
        games.add(game(game, date));
      }
    }
    return games;
  }

  private static JsonNode json(Answer.Body answer) {
    if (!answer.contentType().contains("json")) {
      throw new IllegalArgumentException(
          "Content-Type is \"%s\", not JSON".formatted(answer.contentType()));
    }
    try {
      return JSON.readTree(answer.bytes());
    } catch (IOException e) {
      throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
    }
  }

  private static LocalDate date(JsonNode day) {
    String date = day.path("date").asText();
    try {
      return LocalDate.parse(date);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("a day has the date \"%s\"".formatted(date), e);
    }
  }

  private static Item game(JsonNode game, LocalDate date) {
    int id = game.path("id").asInt();
    String state = game.path("gameState").asText();
    if (id <= 0 || state.isEmpty()) {
      throw new IllegalArgumentException(
          "a game of %s has no id or no gameState (id %s)".formatted(date, game.path("id")));
    }
    String scheduleState = game.path("gameScheduleState").asText();
    return NhlItem.of(
        id,
        date,
        game.path("gameType").asInt(),
        NOT_PLAYED_AS_LISTED.contains(scheduleState) ? scheduleState : state,
        game.path("homeTeam").path("abbrev").asText(),
        game.path("awayTeam").path("abbrev").asText());
  }
}
