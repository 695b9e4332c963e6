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
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** The NHL's API. Safe for use by several threads. */
public final class NhlSource implements Source {

  private final NhlApi api;
  private final Hosts hosts;
  private final ZoneId zone;
  private final BiFunction<Item, Map<Endpoint, ParsedAnswer>, Judgement> judge;

  /**
   * @param hosts those of the API
   * @param zone where its days begin and end
   */
  public NhlSource(NhlApi api, Hosts hosts, ZoneId zone) {
    this(api, hosts, zone, Completeness::judge);
  }

  NhlSource(
      NhlApi api,
      Hosts hosts,
      ZoneId zone,
      BiFunction<Item, Map<Endpoint, ParsedAnswer>, Judgement> judge) {
    this.api = api;
    this.hosts = hosts;
    this.zone = zone;
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
    ListedWeeks listed = new ListedWeeks();
    long weeks = ChronoUnit.DAYS.between(first, last) / NhlSchedule.DAYS + 1;
    try (Progress.Work work = progress.of("weeks of the schedule", weeks)) {
      for (LocalDate week = first; !week.isAfter(last); week = week.plusDays(NhlSchedule.DAYS)) {
        LocalDate end = earlier(last, week.plusDays(NhlSchedule.DAYS - 1L));
        Answer answer = api.schedule(week);
        if (answer instanceof Answer.Body body) {
          listed.add(NhlSchedule.of(body, week, end, zone));
        } else {
          listed.add(reason(answer));
        }
        work.done(1);
      }
    }
    return listed.listing();
  }

  private static String reason(Answer answer) {
    if (answer instanceof Answer.Failed failed) {
      return failed.reason();
    }
    return answer instanceof Answer.NotAsked notAsked
        ? notAsked.reason()
        : ((Answer.Refused) answer).reason();
  }

  private static LocalDate earlier(LocalDate one, LocalDate other) {
    return one.isBefore(other) ? one : other;
  }

  @Override
  public FetchOutcome fetch(Item game, Held held) throws InterruptedException {
    return new GameFetch(api, game, held, zone, judge).run();
  }
}
