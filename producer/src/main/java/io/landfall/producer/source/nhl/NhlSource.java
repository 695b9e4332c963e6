package io.landfall.producer.source.nhl;

import io.landfall.producer.source.FetchOutcome;
import io.landfall.producer.source.Game;
import io.landfall.producer.source.Listing;
import io.landfall.producer.source.Source;
import io.landfall.producer.source.http.Answer;
import io.landfall.schemas.GameResponses;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The NHL's API. Safe for use by several threads. */
public final class NhlSource implements Source {

  private static final int DAYS_IN_A_SCHEDULE = 7;

  private final Hosts hosts;
  private final Function<GameResponses, Map<String, String>> completeness;

  /**
   * A source over the league's hosts.
   *
   * @param completeness for each endpoint that is missing or partial in these answers, why
   */
  public NhlSource(Hosts hosts, Function<GameResponses, Map<String, String>> completeness) {
    this.hosts = hosts;
    this.completeness = completeness;
  }

  @Override
  public long requests() {
    return hosts.requests();
  }

  @Override
  public Listing list(LocalDate first, LocalDate last) throws InterruptedException {
    Map<Integer, Game> games = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    for (LocalDate week = first; !week.isAfter(last); week = week.plusDays(DAYS_IN_A_SCHEDULE)) {
      URI url = URI.create(hosts.web().url() + "/schedule/" + week);
      LocalDate end = earlier(last, week.plusDays(DAYS_IN_A_SCHEDULE - 1L));
      try {
        for (Game game : NhlSchedule.games(body(url), week, end)) {
          games.put(game.id(), game);
        }
      } catch (IllegalArgumentException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    return new Listing(
        games.values().stream()
            .sorted(Comparator.comparing(Game::date).thenComparing(Game::id))
            .toList(),
        problems);
  }

  /** A schedule's answer if it can be used; the exception says why not. */
  private Answer.Body body(URI url) throws InterruptedException {
    Answer answer = hosts.web().api().get(url);
    if (answer instanceof Answer.Body body) {
      return body;
    }
    throw new IllegalArgumentException(
        answer instanceof Answer.Failed failed
            ? failed.reason()
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
