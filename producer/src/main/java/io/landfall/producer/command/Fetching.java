package io.landfall.producer.command;

import io.landfall.producer.fetch.FetchReport;
import io.landfall.producer.fetch.FetchRun;
import io.landfall.producer.fetch.ResponsePublisher;
import io.landfall.producer.ledger.FetchPlan.Window;
import io.landfall.producer.shape.nhl.Completeness;
import io.landfall.producer.source.http.HttpApi;
import io.landfall.producer.source.http.Politeness;
import io.landfall.producer.source.nhl.Host;
import io.landfall.producer.source.nhl.Hosts;
import io.landfall.producer.source.nhl.NhlSource;
import io.landfall.program.Count;
import io.landfall.program.ExitCode;
import io.landfall.program.LandfallSettings;
import io.landfall.program.Printable;
import io.landfall.program.Reason;
import io.landfall.program.Setting;
import io.landfall.program.Settings;
import io.landfall.program.Stop;
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
      return "%s due: %d complete (%d with new answers), %d incomplete, %d failed; %s"
          .formatted(
              Count.of(report.dueGames(), "game"),
              report.complete(),
              report.changed(),
              report.incomplete(),
              report.failed(),
              Count.of(requests, "request"));
    }

    /**
     * The summary line of a verb, with a line for each thing that somebody should know before it.
     */
    String with(String summary) {
      return Stream.concat(warnings(), Stream.of(summary))
          .map(Printable::line)
          .collect(Collectors.joining("\n"));
    }

    private Stream<String> warnings() {
      List<String> problems = report.listingProblems();
      Stream<String> listing =
          Stream.concat(
              problems.stream().limit(PROBLEMS_TOLD).map(problem -> "schedule: " + problem),
              problems.size() > PROBLEMS_TOLD
                  ? Stream.of(
                      "schedule: %d more like these".formatted(problems.size() - PROBLEMS_TOLD))
                  : Stream.empty());
      return nothingCame()
          ? Stream.concat(
              listing,
              Stream.of(
                  "None of the games that were due could be fetched; `producer status` tells why. They stay due."))
          : listing;
    }

    private boolean nothingCame() {
      return report.dueGames() > 0 && report.failed() == report.dueGames();
    }

    /** A run that got nothing of what was due, or could not list it all, has not done its job. */
    ExitCode exitCode() {
      return nothingCame() || !report.listingProblems().isEmpty()
          ? ExitCode.UNAVAILABLE
          : ExitCode.OK;
    }
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

  static Outcome run(Settings settings, Cluster cluster, Clock clock) throws InterruptedException {
    NhlSource source = source(settings, clock);
    try (ResponsePublisher publisher = new ResponsePublisher(cluster.connection())) {
      FetchReport report =
          new FetchRun(
                  source,
                  publisher,
                  window(settings, clock),
                  settings.get(LandfallSettings.MAX_IN_FLIGHT),
                  settings.get(LandfallSettings.GAMES_PER_TRANSACTION),
                  clock)
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
    Optional<LocalDate> from = settings.find(LandfallSettings.FROM);
    Optional<LocalDate> to = settings.find(LandfallSettings.TO);
    LocalDate last = to.orElseGet(() -> LocalDate.ofInstant(clock.instant(), LEAGUE_ZONE));
    LocalDate first =
        from.orElseGet(() -> last.minusDays(settings.get(LandfallSettings.LOOKBACK_DAYS)));
    return new Window(first, last, from.isPresent() || to.isPresent());
  }

  private static NhlSource source(Settings settings, Clock clock) {
    HttpClient client = httpClient();
    URI web = settings.get(LandfallSettings.WEB_API_URL);
    URI stats = settings.get(LandfallSettings.STATS_API_URL);
    URI reports = reports(settings, web);
    Map<String, HttpApi> byAuthority = new HashMap<>();
    Function<URI, Host> host =
        url ->
            new Host(
                url,
                byAuthority.computeIfAbsent(
                    url.getAuthority(), authority -> api(authority, client, url, settings, clock)));
    return new NhlSource(
        new Hosts(host.apply(web), host.apply(stats), host.apply(reports)), Completeness::missing);
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

  static HttpApi api(String name, HttpClient client, URI url, Settings settings, Clock clock) {
    return new HttpApi(
        name,
        client,
        Politeness.towards(
            url,
            settings.find(LandfallSettings.REQUESTS_PER_SECOND),
            settings.get(LandfallSettings.REQUEST_TIMEOUT)),
        clock);
  }
}
