package io.landfall.producer.command;

import io.landfall.producer.fetch.FetchReport;
import io.landfall.producer.fetch.FetchRun;
import io.landfall.producer.fetch.ResponsePublisher;
import io.landfall.producer.fetch.Tally;
import io.landfall.producer.ledger.FetchPlan.Window;
import io.landfall.producer.shape.nhl.Completeness;
import io.landfall.producer.source.http.HttpApi;
import io.landfall.producer.source.http.Politeness;
import io.landfall.producer.source.http.Reachability;
import io.landfall.producer.source.nhl.Host;
import io.landfall.producer.source.nhl.Hosts;
import io.landfall.producer.source.nhl.NhlSource;
import io.landfall.program.Count;
import io.landfall.program.ExitCode;
import io.landfall.program.LandfallSettings;
import io.landfall.program.Printable;
import io.landfall.program.Progress;
import io.landfall.program.Reason;
import io.landfall.program.Setting;
import io.landfall.program.Settings;
import io.landfall.program.Stop;
import io.landfall.schemas.ListedDays;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InterruptException;

/** The fetch part of a verb: from settings to a report. */
final class Fetching {

  /** The league's dates are US Eastern, wherever this runs. */
  private static final ZoneId LEAGUE_ZONE = ZoneId.of("America/New_York");

  /** A host that is away fails a season of weeks with the same words. */
  private static final int PROBLEMS_TOLD = 5;

  static final List<Setting<?>> SETTINGS =
      List.of(
          LandfallSettings.WEB_API_URL,
          LandfallSettings.STATS_API_URL,
          LandfallSettings.REPORTS_URL,
          LandfallSettings.FROM,
          LandfallSettings.TO,
          LandfallSettings.LOOKBACK_DAYS,
          LandfallSettings.REQUESTS_PER_SECOND,
          LandfallSettings.MAX_IN_FLIGHT,
          LandfallSettings.REQUEST_TIMEOUT,
          LandfallSettings.GAMES_PER_TRANSACTION);

  /**
   * What a fetch came to.
   *
   * @param requests sent to the API, retries included
   */
  record Outcome(FetchReport report, long requests) {

    /** For the summary line. */
    String summary() {
      Tally tally = report.tally();
      return "%s due: %d complete (%d with new answers), %d incomplete, %d failed%s; %s"
          .formatted(
              Count.of(report.dueGames(), "game"),
              tally.complete(),
              report.changed(),
              tally.incomplete(),
              tally.failed(),
              tally.notAsked() == 0 ? "" : ", %d not asked for".formatted(tally.notAsked()),
              Count.of(requests, "request"));
    }

    /**
     * The summary line of a verb, with a line for each thing that somebody should know before it.
     */
    String with(String summary) {
      return Stream.of(leftOut(), listing(), notDone(), Stream.of(summary))
          .flatMap(lines -> lines)
          .map(Printable::line)
          .collect(Collectors.joining("\n"));
    }

    private Stream<String> leftOut() {
      return report.isFirst() ? notListed(report.days()).stream() : Stream.empty();
    }

    private Stream<String> listing() {
      List<String> problems = report.listingProblems();
      return Stream.concat(
          problems.stream().limit(PROBLEMS_TOLD).map(problem -> "schedule: " + problem),
          problems.size() > PROBLEMS_TOLD
              ? Stream.of("schedule: %d more like these".formatted(problems.size() - PROBLEMS_TOLD))
              : Stream.empty());
    }

    private Stream<String> notDone() {
      Tally tally = report.tally();
      if (report.unreachable().isPresent()) {
        return Stream.of(
            "The API cannot be reached: %s. The run asked for nothing more; %d of %d games were not fetched and stay due, as they were. Run again when it answers."
                .formatted(
                    report.unreachable().get(),
                    tally.failed() + tally.notAsked(),
                    report.dueGames()));
      }
      return tally.isDone()
          ? Stream.empty()
          : Stream.of(
              "%d of the %d games that were due could not be fetched, or not all of them; `producer status` tells why. They stay due."
                  .formatted(tally.failed() + tally.notAsked(), report.dueGames()));
    }

    /** A run that left anything undone that was due has not done its job; one that waits has. */
    ExitCode exitCode() {
      return report.isDone() ? ExitCode.OK : ExitCode.UNAVAILABLE;
    }
  }

  /** What was never listed, if the API has it, and the command that gets it. */
  static Optional<String> notListed(ListedDays days) {
    return days.getFrom().isAfter(NhlSource.BEGINNING)
        ? Optional.of(
            "No game before %s has been listed, unless a run was asked for it. To get them all: producer run --from %s --to %s"
                .formatted(days.getFrom(), NhlSource.BEGINNING, days.getFrom().minusDays(1)))
        : Optional.empty();
  }

  private Fetching() {}

  /** What is wrong with the days given. */
  static List<String> problems(Settings settings) {
    Optional<LocalDate> from = settings.find(LandfallSettings.FROM);
    Optional<LocalDate> to = settings.find(LandfallSettings.TO);
    return from.isPresent() && to.isPresent() && from.get().isAfter(to.get())
        ? List.of("--from %s is after --to %s".formatted(from.get(), to.get()))
        : List.of();
  }

  static Outcome run(Settings settings, Cluster cluster, Clock clock, Progress progress)
      throws InterruptedException {
    NhlSource source = source(settings, clock);
    try (ResponsePublisher publisher = new ResponsePublisher(cluster.connection())) {
      FetchReport report =
          new FetchRun(
                  source,
                  publisher,
                  window(settings, clock),
                  settings.get(LandfallSettings.MAX_IN_FLIGHT),
                  settings.get(LandfallSettings.GAMES_PER_TRANSACTION),
                  clock,
                  progress)
              .run();
      return new Outcome(report, source.requests());
    } catch (InterruptException | ConfigException e) {
      throw e;
    } catch (KafkaException e) {
      throw Stop.unavailable(
          "Kafka went away while games were fetched: %s. What was committed stays, the rest is due."
              .formatted(Reason.of(e)),
          e);
    }
  }

  static Window window(Settings settings, Clock clock) {
    return new Window(
        settings.find(LandfallSettings.FROM),
        settings.find(LandfallSettings.TO),
        settings.get(LandfallSettings.LOOKBACK_DAYS),
        LocalDate.ofInstant(clock.instant(), LEAGUE_ZONE));
  }

  private static NhlSource source(Settings settings, Clock clock) {
    HttpClient client = httpClient();
    URI web = settings.get(LandfallSettings.WEB_API_URL);
    URI stats = settings.get(LandfallSettings.STATS_API_URL);
    URI reports = reports(settings, web);
    Reachability reachability = new Reachability();
    Map<String, HttpApi> byAuthority = new HashMap<>();
    Function<URI, Host> host =
        url ->
            new Host(
                url,
                byAuthority.computeIfAbsent(
                    url.getAuthority(),
                    authority -> api(authority, client, url, settings, reachability, clock)));
    return new NhlSource(
        new Hosts(host.apply(web), host.apply(stats), host.apply(reports)),
        reachability,
        Completeness::missing);
  }

  static HttpClient httpClient() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(10))
        .followRedirects(HttpClient.Redirect.NORMAL)
        .build();
  }

  /** Who does not ask the league's own API does not want to ask its web site either. */
  private static URI reports(Settings settings, URI web) {
    return settings
        .find(LandfallSettings.REPORTS_URL)
        .orElseGet(
            () ->
                web.getAuthority().equals("api-web.nhle.com")
                    ? URI.create("https://www.nhl.com/scores/htmlreports")
                    : web.resolve("/scores/htmlreports"));
  }

  static HttpApi api(
      String name,
      HttpClient client,
      URI url,
      Settings settings,
      Reachability reachability,
      Clock clock) {
    return new HttpApi(
        name,
        client,
        Politeness.towards(
            url,
            settings.find(LandfallSettings.REQUESTS_PER_SECOND),
            settings.get(LandfallSettings.REQUEST_TIMEOUT)),
        reachability,
        clock);
  }
}
