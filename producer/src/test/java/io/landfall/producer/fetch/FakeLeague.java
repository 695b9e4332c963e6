package io.landfall.producer.fetch;

import io.landfall.cli.Progress;
import io.landfall.producer.nhl.stats.Games;
import io.landfall.producer.source.FetchOutcome;
import io.landfall.producer.source.Held;
import io.landfall.producer.source.Listing;
import io.landfall.producer.source.Source;
import io.landfall.schemas.ApiAnswer;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemAnswers;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * A league of two seasons with breaks, whose games are postponed, moved earlier and later, vanish
 * in between, are called off, are played again, are announced only a few days before, count as not
 * finished for days, or as not finished after they were; and its API, which fails. One league in
 * three is calm: where a game is missing for long, every run lists from its day, and that hides
 * what is forgotten.
 */
final class FakeLeague implements Source {

  static final LocalDate FIRST_DAY = LocalDate.parse("2024-10-04");
  static final int DAYS = 220;

  /** From a day on a game stands on a date with a state; a date in the past of that day is over. */
  private record Standing(int since, Optional<LocalDate> date, String state, boolean again) {
    Standing(int since, Optional<LocalDate> date, String state) {
      this(since, date, state, false);
    }
  }

  private final Map<Integer, List<Standing>> games = new TreeMap<>();
  private final Map<Integer, Integer> late = new HashMap<>();
  private final long seed;
  private final Random random;
  private final int calm;
  private int today;
  private boolean evening;
  private boolean failing;
  private boolean away;

  FakeLeague(long seed) {
    this.seed = seed;
    random = new Random(seed);
    calm = List.of(12, 100, Integer.MAX_VALUE).get(random.nextInt(3));
    int breakFrom = 20 + random.nextInt(30);
    int breakTo = breakFrom + random.nextInt(25);
    int summerFrom = 80 + random.nextInt(20);
    int summerTo = summerFrom + 30 + random.nextInt(60);
    for (int day = 0; day < DAYS - 40; day++) {
      boolean pause = (day >= breakFrom && day < breakTo) || (day >= summerFrom && day < summerTo);
      for (int game = pause ? 3 : random.nextInt(4); game < 3; game++) {
        int id = 2024020001 + games.size();
        games.put(id, history(day));
        if (random.nextInt(calm) == 0) {
          late.put(id, random.nextInt(20));
        }
      }
    }
  }

  private List<Standing> history(int day) {
    List<Standing> history = new ArrayList<>();
    int known = random.nextInt(4) == 0 ? Math.max(0, day - random.nextInt(3)) : 0;
    history.add(new Standing(known, Optional.of(date(day)), "OK"));
    switch (random.nextInt(calm)) {
      case 0 -> history.add(new Standing(day, Optional.of(date(day)), "CNCL"));
      case 1 -> { // postponed; the makeup day is known later, and it may be nowhere until then
        history.add(new Standing(day, Optional.of(date(day)), "PPD"));
        int announced = day + 1 + random.nextInt(10);
        if (random.nextBoolean()) {
          history.add(new Standing(Math.min(announced, day + 2), Optional.empty(), "PPD"));
        }
        history.add(
            new Standing(announced, Optional.of(date(announced + random.nextInt(25))), "OK"));
      }
      case 2 -> { // moved earlier, announced at the latest on the day itself
        int earlier = day - random.nextInt(1 + day - known);
        int announced = known + random.nextInt(1 + earlier - known);
        history.add(new Standing(announced, Optional.of(date(earlier)), "OK"));
      }
      case 3 -> { // moved later, then earlier again
        int announced = known + random.nextInt(1 + day - known);
        int later = day + 1 + random.nextInt(20);
        history.add(new Standing(announced, Optional.of(date(later)), "OK"));
        int again = announced + random.nextInt(1 + later - announced);
        history.add(
            new Standing(
                again, Optional.of(date(again + random.nextInt(1 + later - again))), "OK"));
      }
      case 4 -> { // played, and played again on another day
        int announced = day + 1 + random.nextInt(20);
        history.add(
            new Standing(announced, Optional.of(date(announced + random.nextInt(20))), "OK", true));
      }
      case 5 -> { // over, and for some days not over
        int back = day + 1 + random.nextInt(3);
        history.add(new Standing(back, Optional.of(date(day)), "LIVE", true));
        history.add(new Standing(back + 1 + random.nextInt(3), Optional.of(date(day)), "OK", true));
      }
      default -> {
        // As planned.
      }
    }
    return history;
  }

  private static LocalDate date(int day) {
    return FIRST_DAY.plusDays(day);
  }

  /** What time it is, and whether the API has a bad day. */
  void at(int day, boolean inTheEvening, boolean hasABadDay, boolean isAway) {
    today = day;
    evening = inTheEvening;
    failing = hasABadDay;
    away = isAway;
  }

  /** The games as the schedule has them now. */
  List<Item> schedule() {
    List<Item> listed = new ArrayList<>();
    games.forEach(
        (id, history) -> {
          Standing now = null;
          for (Standing standing : history) {
            boolean played =
                now != null && "OK".equals(now.state()) && isPlayedBefore(now, standing);
            if (standing.since() <= today && (!played || standing.again())) {
              now = standing;
            }
          }
          if (now != null && now.date().isPresent()) {
            LocalDate date = now.date().get();
            String state = now.state().equals("OK") ? state(id, date) : now.state();
            listed.add(Games.of(id, date, 2, state, "BUF", "NJD"));
          }
        });
    return listed;
  }

  private static boolean isPlayedBefore(Standing now, Standing next) {
    return now.date().isPresent() && now.date().get().isBefore(date(next.since()));
  }

  private String state(int id, LocalDate date) {
    if (date.plusDays(late.getOrDefault(id, 0)).isBefore(date(today))) {
      return "OFF";
    }
    if (date.isBefore(date(today))) {
      return "OVER";
    }
    return date.equals(date(today)) && evening ? random.nextBoolean() ? "LIVE" : "FINAL" : "FUT";
  }

  @Override
  public Listing list(LocalDate first, LocalDate last, Progress progress) {
    List<Item> listed = new ArrayList<>();
    Set<LocalDate> days = new HashSet<>();
    List<String> problems = new ArrayList<>();
    List<Item> schedule = schedule();
    for (LocalDate week = first; !week.isAfter(last); week = week.plusDays(7)) {
      if (away || (failing && random.nextInt(3) == 0)) {
        problems.add("week " + week);
        continue;
      }
      for (LocalDate day = week; day.isBefore(week.plusDays(7)) && !day.isAfter(last); ) {
        LocalDate one = day;
        if (!failing || random.nextInt(10) != 0) {
          days.add(one);
          schedule.stream().filter(game -> game.getFirstDay().equals(one)).forEach(listed::add);
        }
        day = day.plusDays(1);
      }
    }
    return new Listing(listed, days, problems);
  }

  @Override
  public FetchOutcome fetch(Item game, Held held) {
    if (away) {
      return new FetchOutcome.NotAsked("away");
    }
    int outcome = new Random(Objects.hash(seed, game.getKey(), today)).nextInt(6);
    return switch (failing ? outcome : 5) {
      case 0 -> new FetchOutcome.Unavailable("status 503", Optional.empty());
      case 1 -> new FetchOutcome.Rejected("status 404");
      case 2 -> fetched(game, new FetchOutcome.Missing(Map.of("shiftcharts", "empty"), false));
      case 3 -> new FetchOutcome.NotAsked("the breaker is open");
      default -> fetched(game, FetchOutcome.Missing.NOTHING);
    };
  }

  /** The answers of a game that is played on another day are others. */
  static String hash(Item game) {
    return "of " + game.getFirstDay();
  }

  static FetchOutcome fetched(Item game, FetchOutcome.Missing missing) {
    Instant when = Instant.EPOCH;
    ApiAnswer response =
        new ApiAnswer(
            "play-by-play",
            "http://x",
            200,
            "application/json",
            when,
            hash(game),
            ByteBuffer.allocate(1));
    return new FetchOutcome.Fetched(
        new ItemAnswers(game, when, List.of(response), List.of(), null, true, 1, 1),
        missing,
        Map.of(),
        Map.of());
  }

  @Override
  public Optional<String> unreachable() {
    return away ? Optional.of("away") : Optional.empty();
  }

  @Override
  public long requests() {
    return 0;
  }
}
