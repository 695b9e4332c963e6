package io.landfall.producer.nhl.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.landfall.cli.Masked;
import io.landfall.producer.http.Answer;
import io.landfall.producer.http.MediaType;
import io.landfall.producer.source.JsonLimits;
import io.landfall.schemas.Item;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Reads one {@code /schedule/DATE} answer. What is odd in it costs itself and is told with its
 * place; a day that is not wholly there does not count as listed, and is asked for again.
 */
final class NhlSchedule {

  static final int DAYS = 7;

  /** Games in one answer; a week of the league has some 60. */
  static final int MOST_GAMES = 1000;

  /** Of what is wrong and of what is odd, in one answer, so many are told one by one. */
  static final int TOLD = 50;

  private static final JsonMapper JSON =
      JsonMapper.builder(JsonLimits.factory().build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  private final String url;
  private final LocalDate first;
  private final LocalDate last;
  private final LocalDate today;
  private final List<Item> games = new ArrayList<>();
  private final Set<LocalDate> present = new TreeSet<>();
  private final Set<LocalDate> foreign = new TreeSet<>();
  private final Set<LocalDate> partial = new HashSet<>();
  private final List<String> problems = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /** What is beyond those that are told one by one. */
  private int moreProblems;

  private int moreNotes;

  /** Whether it is known already which days lack games. */
  private boolean incomplete;

  private NhlSchedule(String url, LocalDate first, LocalDate last, LocalDate today) {
    this.url = url;
    this.first = first;
    this.last = last;
    this.today = today;
  }

  /**
   * What an answer says of the days that were asked for.
   *
   * @param first the date in its URL
   * @param last the last day that is wanted, of the week that begins there
   * @param zone where the days are counted
   */
  static NhlSchedule of(Answer.Body answer, LocalDate first, LocalDate last, ZoneId zone) {
    LocalDate today = LocalDate.ofInstant(answer.receivedAt(), zone);
    NhlSchedule schedule =
        new NhlSchedule(Masked.urls(answer.url().toString()), first, last, today);
    try {
      schedule.read(json(answer));
    } catch (IllegalArgumentException e) {
      schedule.problem("not a schedule: " + e.getMessage());
    }
    return schedule;
  }

  /** The games of the days that are wanted, in order; one may be there more than once. */
  List<Item> games() {
    return List.copyOf(games);
  }

  /** The days that are wanted and are wholly there. */
  Set<LocalDate> days() {
    return present.stream()
        .filter(day -> !partial.contains(day))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** What could not be listed, and why. */
  List<String> problems() {
    return told(problems, moreProblems);
  }

  /** What is odd, though nothing is left out because of it. */
  List<String> notes() {
    return told(notes, moreNotes);
  }

  private List<String> told(List<String> lines, int more) {
    List<String> all = new ArrayList<>(lines);
    if (more > 0) {
      all.add("GET %s: and %d more of that kind".formatted(url, more));
    }
    return List.copyOf(all);
  }

  private static JsonNode json(Answer.Body answer) {
    answer
        .unlike(MediaType.JSON)
        .ifPresent(
            why -> {
              throw new IllegalArgumentException(why);
            });
    JsonLimits.notUtf8(ByteBuffer.wrap(answer.bytes()))
        .ifPresent(
            why -> {
              throw new IllegalArgumentException(why);
            });
    try {
      return JSON.readTree(answer.bytes());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "%s (%d bytes)"
              .formatted(
                  JsonLimits.beyond(e).orElse(e.getOriginalMessage()), answer.bytes().length),
          e);
    } catch (IOException e) {
      throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
    }
  }

  private void read(JsonNode schedule) {
    JsonNode week = schedule.path("gameWeek");
    if (!week.isArray()) {
      throw new IllegalArgumentException("it has no list gameWeek");
    }
    int entries = week.size();
    for (JsonNode day : week) {
      entries += day.path("games").size();
    }
    if (entries > MOST_GAMES) {
      throw new IllegalArgumentException(
          "it has %d days and games, more than %d".formatted(entries, MOST_GAMES));
    }
    for (int i = 0; i < week.size(); i++) {
      day(week.get(i), "gameWeek[%d]".formatted(i));
    }
    checkDays();
    if (!incomplete) {
      checkSum(schedule, week);
    }
  }

  private void day(JsonNode day, String place) {
    Optional<LocalDate> date = date(day);
    if (date.isEmpty()) {
      problem("%s: date is %s".formatted(place, ScheduledGame.shown(day.path("date"))));
    } else if (date.get().isBefore(first) || !date.get().isBefore(first.plusDays(DAYS))) {
      foreign.add(date.get());
    } else if (!date.get().isAfter(last)) {
      present.add(date.get());
      games(day, date.get(), place);
    }
  }

  private static Optional<LocalDate> date(JsonNode day) {
    try {
      return Optional.of(LocalDate.parse(day.path("date").asText()));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private void games(JsonNode day, LocalDate date, String place) {
    JsonNode entries = day.path("games");
    if (!entries.isArray()) {
      incomplete = true;
      partial.add(date);
      problem(
          "%s (%s): games is %s, not a list".formatted(place, date, ScheduledGame.shown(entries)));
      return;
    }
    contradiction(day, entries.size(), repeated(List.of(entries)))
        .ifPresent(
            why -> {
              incomplete = true;
              partial.add(date);
              problem("%s (%s): %s".formatted(place, date, why));
            });
    for (int i = 0; i < entries.size(); i++) {
      game(entries.get(i), date, "%s.games[%d]".formatted(place, i));
    }
  }

  private void game(JsonNode entry, LocalDate date, String place) {
    ScheduledGame game = new ScheduledGame(entry, date, date.isBefore(today));
    String name =
        "%s (%s%s)"
            .formatted(place, date, ScheduledGame.id(entry).map(id -> ", game " + id).orElse(""));
    try {
      game.item().ifPresent(games::add);
    } catch (IllegalArgumentException e) {
      partial.add(date);
      problem("%s: %s; the game is not listed".formatted(name, e.getMessage()));
      return;
    }
    for (String note : game.notes()) {
      if (notes.size() < TOLD) {
        notes.add("GET %s: %s: %s".formatted(url, name, note));
      } else {
        moreNotes++;
      }
    }
  }

  /** Whether the days are those that were asked for; of others it may be an older answer. */
  private void checkDays() {
    List<LocalDate> missing =
        first.datesUntil(last.plusDays(1)).filter(day -> !present.contains(day)).toList();
    if (!foreign.isEmpty()) {
      partial.addAll(present);
      problem("it has days of another week: %s".formatted(named(List.copyOf(foreign))));
    }
    if (!missing.isEmpty()) {
      incomplete = true;
      problem("it does not have %s".formatted(named(missing)));
    }
  }

  private static String named(List<LocalDate> days) {
    LocalDate start = days.get(0);
    LocalDate end = days.get(days.size() - 1);
    return days.size() > 2 && start.plusDays(days.size() - 1L).equals(end)
        ? "%s to %s".formatted(start, end)
        : days.stream().limit(TOLD).map(LocalDate::toString).collect(Collectors.joining(", "))
            + (days.size() > TOLD ? " and %d more".formatted(days.size() - TOLD) : "");
  }

  /** Which day is short of games nobody can tell, so none of them counts as listed. */
  private void checkSum(JsonNode schedule, JsonNode week) {
    List<JsonNode> days = new ArrayList<>();
    week.forEach(day -> days.add(day.path("games")));
    if (!days.stream().allMatch(JsonNode::isArray)) {
      return;
    }
    contradiction(schedule, days.stream().mapToInt(JsonNode::size).sum(), repeated(days))
        .ifPresent(
            why -> {
              partial.addAll(present);
              problem(why);
            });
  }

  /**
   * Why a number of games is not that of the entries.
   *
   * @param repeated how many of them are of a game that was there before; it may count once or
   *     twice
   */
  private Optional<String> contradiction(JsonNode node, int entries, int repeated) {
    JsonNode value = node.path("numberOfGames");
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    Optional<Integer> count = ScheduledGame.number(value);
    return count.isPresent() && (count.get() == entries || count.get() == entries - repeated)
        ? Optional.empty()
        : Optional.of(
            "numberOfGames is %s, but there are %d".formatted(ScheduledGame.shown(value), entries));
  }

  private static int repeated(List<JsonNode> days) {
    List<Integer> ids = new ArrayList<>();
    days.forEach(day -> day.forEach(game -> ScheduledGame.id(game).ifPresent(ids::add)));
    return ids.size() - new HashSet<>(ids).size();
  }

  private void problem(String what) {
    if (problems.size() < TOLD) {
      problems.add("GET %s: %s".formatted(url, what));
    } else {
      moreProblems++;
    }
  }
}
