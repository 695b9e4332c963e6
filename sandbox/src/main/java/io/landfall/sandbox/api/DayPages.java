package io.landfall.sandbox.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.sandbox.server.Body;
import java.time.LocalDate;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The pages that list games by day: the week's schedule and the day's scores. */
final class DayPages {

  private static final int DAYS_OF_A_PAGE = 7;

  private final List<GameSource> sources;

  DayPages(List<GameSource> sources) {
    this.sources = List.copyOf(sources);
  }

  /** {@code /v1/schedule/DATE}: the seven days that start there. */
  Body schedule(LocalDate first) {
    ObjectNode page = JsonNodeFactory.instance.objectNode();
    if (lastDay().filter(last -> !first.plusDays(DAYS_OF_A_PAGE).isAfter(last)).isPresent()) {
      page.put("nextStartDate", first.plusDays(DAYS_OF_A_PAGE).toString());
    }
    page.put("previousStartDate", first.minusDays(DAYS_OF_A_PAGE).toString());
    ArrayNode week = page.putArray("gameWeek");
    int total = 0;
    for (int i = 0; i < DAYS_OF_A_PAGE; i++) {
      List<ScheduleEntry> games = on(first.plusDays(i));
      ObjectNode day = dayHead(week.addObject(), first.plusDays(i), games.size());
      day.putArray("datePromo");
      ArrayNode entries = day.putArray("games");
      games.forEach(game -> entries.add(game.entry()));
      total += games.size();
    }
    int seasonStart = first.getMonth().compareTo(Month.AUGUST) < 0 ? -1 : 0;
    int year = first.getYear() + seasonStart;
    page.put("preSeasonStartDate", LocalDate.of(year, 9, 21).toString());
    page.put("regularSeasonStartDate", LocalDate.of(year, 10, 4).toString());
    page.put("regularSeasonEndDate", LocalDate.of(year + 1, 4, 17).toString());
    page.put("playoffEndDate", LocalDate.of(year + 1, 6, 24).toString());
    page.put("numberOfGames", total);
    return Body.text(page.toString());
  }

  /** {@code /v1/score/DATE}: that one day, in the middle of an overview of seven. */
  Body score(LocalDate date) {
    ObjectNode page = JsonNodeFactory.instance.objectNode();
    page.put("prevDate", date.minusDays(1).toString());
    page.put("currentDate", date.toString());
    page.put("nextDate", date.plusDays(1).toString());
    ArrayNode week = page.putArray("gameWeek");
    for (int i = -3; i <= 3; i++) {
      dayHead(week.addObject(), date.plusDays(i), on(date.plusDays(i)).size());
    }
    ArrayNode games = page.putArray("games");
    for (ScheduleEntry game : on(date)) {
      ObjectNode entry = game.entry().deepCopy();
      entry.put("gameDate", date.toString());
      games.add(entry);
    }
    return Body.text(page.toString());
  }

  private Optional<LocalDate> lastDay() {
    return sources.stream().flatMap(s -> s.lastDay().stream()).max(Comparator.naturalOrder());
  }

  private List<ScheduleEntry> on(LocalDate day) {
    Map<Integer, ScheduleEntry> games = new TreeMap<>();
    for (GameSource source : sources) {
      source.on(day).stream()
          .filter(game -> answersFor(source, game))
          .forEach(game -> games.put(game.gameId(), game));
    }
    return List.copyOf(games.values());
  }

  /** A game that two sources have is answered, so also listed, by the first. */
  private boolean answersFor(GameSource source, ScheduleEntry game) {
    Optional<GameSource> first = sources.stream().filter(s -> s.has(game.gameId())).findFirst();
    return first.filter(source::equals).isPresent();
  }

  private static ObjectNode dayHead(ObjectNode day, LocalDate date, int games) {
    String name = date.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.US);
    day.put("date", date.toString());
    day.put("dayAbbrev", name.toUpperCase(Locale.ROOT));
    day.put("numberOfGames", games);
    return day;
  }
}
