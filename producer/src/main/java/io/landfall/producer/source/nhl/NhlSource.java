package io.landfall.producer.source.nhl;

import io.landfall.producer.source.FetchOutcome;
import io.landfall.producer.source.Game;
import io.landfall.producer.source.Listing;
import io.landfall.producer.source.Source;
import io.landfall.producer.source.http.Answer;
import io.landfall.producer.source.http.Reachability;
import io.landfall.program.Progress;
import io.landfall.schemas.GameResponses;
import java.net.URI;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The NHL's API. Safe for use by several threads. */
public final class NhlSource implements Source {

  /** The first game of the oldest season whose answers have been proven to give right rows. */
  public static final LocalDate BEGINNING = LocalDate.of(2023, 10, 10);

  private static final int DAYS_IN_A_SCHEDULE = 7;

  private final Hosts hosts;
  private final Reachability reachability;
  private final Function<GameResponses, Map<String, String>> completeness;

  /**
   * A source over the league's hosts.
   *
   * @param reachability of them all
   * @param completeness for each endpoint that is missing or partial in these answers, why
   */
  public NhlSource(
      Hosts hosts,
      Reachability reachability,
      Function<GameResponses, Map<String, String>> completeness) {
    this.hosts = hosts;
    this.reachability = reachability;
    this.completeness = completeness;
  }

  @Override
  public long requests() {
    return hosts.requests();
  }

  @Override
  public Optional<String> unreachable() {
    return reachability.lost();
  }

  @Override
  public Listing list(LocalDate first, LocalDate last, Progress progress)
      throws InterruptedException {
    Map<Integer, Game> games = new LinkedHashMap<>();
    Set<LocalDate> days = new HashSet<>();
    List<String> problems = new ArrayList<>();
    long weeks = ChronoUnit.DAYS.between(first, last) / DAYS_IN_A_SCHEDULE + 1;
    try (Progress.Work work = progress.of("weeks of the schedule", weeks)) {
      for (LocalDate week = first; !week.isAfter(last); week = week.plusDays(DAYS_IN_A_SCHEDULE)) {
        URI url = URI.create(hosts.web().url() + "/schedule/" + week);
        LocalDate end = earlier(last, week.plusDays(DAYS_IN_A_SCHEDULE - 1L));
        try {
          Map<LocalDate, List<Game>> listed = NhlSchedule.days(body(url), week, end);
          days.addAll(listed.keySet());
          listed.values().forEach(day -> day.forEach(game -> games.put(game.id(), game)));
        } catch (IllegalArgumentException e) {
          problems.add(String.valueOf(e.getMessage()));
        }
        work.done(1);
      }
    }
    return new Listing(
        games.values().stream()
            .sorted(Comparator.comparing(Game::date).thenComparing(Game::id))
            .toList(),
        days,
        problems);
  }

  /** A schedule's answer if it can be used; the exception says why not. */
  private Answer.Body body(URI url) throws InterruptedException {
    Answer answer = hosts.web().api().get(url);
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
  public FetchOutcome fetch(Game game, Map<String, String> held) throws InterruptedException {
    return new GameFetch(hosts, game, held, completeness).run();
  }
}
