package io.landfall.producer.nhl.api;

import io.landfall.cli.Progress;
import io.landfall.producer.http.Answer;
import io.landfall.producer.http.Hosts;
import io.landfall.producer.nhl.stats.Completeness;
import io.landfall.producer.nhl.stats.Endpoint;
import io.landfall.producer.nhl.stats.Judgement;
import io.landfall.producer.nhl.stats.ParsedAnswer;
import io.landfall.producer.source.FetchOutcome;
import io.landfall.producer.source.Held;
import io.landfall.producer.source.Listing;
import io.landfall.producer.source.Source;
import io.landfall.schemas.Item;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** The NHL's API. Safe for use by several threads. */
public final class NhlSource implements Source {

  /** The league's dates are US Eastern, wherever this runs. */
  public static final ZoneId ZONE = ZoneId.of("America/New_York");

  private static final int DAYS_IN_A_SCHEDULE = 7;

  private final NhlApi api;
  private final Hosts hosts;
  private final BiFunction<Item, Map<Endpoint, ParsedAnswer>, Judgement> judge;

  /**
   * @param hosts those of the API
   */
  public NhlSource(NhlApi api, Hosts hosts) {
    this(api, hosts, Completeness::judge);
  }

  NhlSource(
      NhlApi api, Hosts hosts, BiFunction<Item, Map<Endpoint, ParsedAnswer>, Judgement> judge) {
    this.api = api;
    this.hosts = hosts;
    this.judge = judge;
  }

  @Override
  public long requests() {
    return hosts.requests();
  }

  @Override
  public Optional<String> unreachable() {
    return hosts.unreachable();
  }

  @Override
  public Listing list(LocalDate first, LocalDate last, Progress progress)
      throws InterruptedException {
    Map<String, Item> games = new LinkedHashMap<>();
    Set<LocalDate> days = new HashSet<>();
    List<String> problems = new ArrayList<>();
    long weeks = ChronoUnit.DAYS.between(first, last) / DAYS_IN_A_SCHEDULE + 1;
    try (Progress.Work work = progress.of("weeks of the schedule", weeks)) {
      for (LocalDate week = first; !week.isAfter(last); week = week.plusDays(DAYS_IN_A_SCHEDULE)) {
        LocalDate end = earlier(last, week.plusDays(DAYS_IN_A_SCHEDULE - 1L));
        try {
          Map<LocalDate, List<Item>> listed = NhlSchedule.days(body(api.schedule(week)), week, end);
          days.addAll(listed.keySet());
          listed.values().forEach(day -> day.forEach(game -> games.put(game.getKey(), game)));
        } catch (IllegalArgumentException e) {
          problems.add(String.valueOf(e.getMessage()));
        }
        work.done(1);
      }
    }
    return new Listing(
        games.values().stream()
            .sorted(Comparator.comparing(Item::getFirstDay).thenComparing(Item::getKey))
            .toList(),
        days,
        problems);
  }

  /** A schedule's answer if it can be used; the exception says why not. */
  private static Answer.Body body(Answer answer) {
    if (answer instanceof Answer.Body body) {
      return body;
    }
    if (answer instanceof Answer.Failed failed) {
      throw new IllegalArgumentException(failed.reason());
    }
    throw new IllegalArgumentException(
        answer instanceof Answer.NotAsked notAsked
            ? notAsked.reason()
            : ((Answer.Refused) answer).reason());
  }

  private static LocalDate earlier(LocalDate one, LocalDate other) {
    return one.isBefore(other) ? one : other;
  }

  @Override
  public FetchOutcome fetch(Item game, Held held) throws InterruptedException {
    return new GameFetch(api, game, held, ZONE, judge).run();
  }
}
