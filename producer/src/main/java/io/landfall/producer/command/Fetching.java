package io.landfall.producer.command;

import io.landfall.cli.Count;
import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.cli.Printable;
import io.landfall.cli.Progress;
import io.landfall.cli.Reason;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.cli.lineage.Lineage;
import io.landfall.cli.lineage.LineageSettings;
import io.landfall.cli.lineage.RunEnd;
import io.landfall.cli.metrics.Metrics;
import io.landfall.producer.fetch.FetchReport;
import io.landfall.producer.fetch.FetchRun;
import io.landfall.producer.fetch.FetchSettings;
import io.landfall.producer.fetch.Listed;
import io.landfall.producer.fetch.LiveReport;
import io.landfall.producer.fetch.LiveRun;
import io.landfall.producer.fetch.Tally;
import io.landfall.producer.http.Hosts;
import io.landfall.producer.http.HttpSettings;
import io.landfall.producer.http.RequestMeters;
import io.landfall.producer.ledger.FetchPlan.Window;
import io.landfall.producer.ledger.KafkaLedger;
import io.landfall.producer.ledger.Known;
import io.landfall.producer.source.Connector;
import io.landfall.producer.source.Source;
import io.landfall.schemas.ItemState;
import io.landfall.schemas.ListedDays;
import io.landfall.schemas.PastRun;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InterruptException;

/** The fetch part of a command: from settings to a report. */
final class Fetching {

  /** A host that is away fails a season of weeks with the same words. */
  private static final int MOST_TOLD = 5;

  private static final int MOST_NOTED = 50;

  static List<Setting<?>> settings(Connector connector) {
    return Stream.of(connector.settings(), HttpSettings.ALL, FetchSettings.ALL)
        .flatMap(List::stream)
        .toList();
  }

  /**
   * What a fetch came to.
   *
   * @param live what following those in progress came to, if that was asked for
   * @param requests sent to the API, retries included
   */
  record Outcome(
      Connector connector, FetchReport report, Optional<LiveReport> live, long requests) {

    /** One that followed nothing. */
    Outcome(Connector connector, FetchReport report, long requests) {
      this(connector, report, Optional.empty(), requests);
    }

    /** For the summary line. */
    String summary() {
      Tally tally = report.tally();
      return "%s due: %d complete (%d with new answers)%s, %d incomplete, %d failed%s%s%s; %s"
          .formatted(
              Count.of(report.dueItems(), connector.itemName()),
              tally.complete(),
              tally.changed(),
              ifAny(", %d settled", tally.settled()),
              tally.incomplete(),
              tally.failed(),
              ifAny(", %d not asked for", tally.notAsked()),
              ifAny("; of %d an answer is not in force, as status tells", tally.notInForce()),
              live.map(one -> "; " + Fetching.summary(connector, one)).orElse(""),
              Count.of(requests, "request"));
    }

    private static String ifAny(String text, int items) {
      return items == 0 ? "" : text.formatted(items);
    }

    /**
     * The summary line of a command, with a line for each thing that somebody should know before
     * it.
     */
    String with(String summary) {
      return Stream.of(leftOut(), listing(MOST_TOLD), notDone(), liveNotDone(), Stream.of(summary))
          .flatMap(lines -> lines)
          .map(Printable::line)
          .collect(Collectors.joining("\n"));
    }

    private Stream<String> leftOut() {
      return report.isFirst() ? notListed(connector, report.days()).stream() : Stream.empty();
    }

    private Stream<String> listing(int most) {
      return Stream.concat(
          some("listing: ", report.listingProblems(), most), some("note: ", report.notes(), most));
    }

    private static Stream<String> some(String kind, List<String> all, int most) {
      return Stream.concat(
          all.stream().limit(most).map(each -> kind + each),
          all.size() > most
              ? Stream.of("%s%d more like these".formatted(kind, all.size() - most))
              : Stream.empty());
    }

    private Stream<String> notDone() {
      Tally tally = report.tally();
      if (report.unreachable().isPresent()) {
        return Stream.of(
            "The API cannot be reached: %s. The run asked for nothing more; %d of %s were not fetched and stay due, as they were. Run again when it answers."
                .formatted(
                    report.unreachable().get(),
                    tally.failed() + tally.notAsked(),
                    Count.of(report.dueItems(), connector.itemName())));
      }
      return tally.isDone()
          ? Stream.empty()
          : Stream.of(
              "%d of %s could not be fetched, or not all of it; `producer status%s` tells why. What is missing stays due."
                  .formatted(
                      tally.failed() + tally.notAsked(),
                      Count.of(report.dueItems(), connector.itemName()),
                      connector.flag()));
    }

    private Stream<String> liveNotDone() {
      return live.stream().flatMap(one -> Fetching.notDone(connector, one).stream());
    }

    /** Why it has not done its job, in a line. */
    String reason() {
      Stream<String> listing =
          report.listingProblems().isEmpty()
              ? Stream.empty()
              : Stream.of(
                  "%s of the listing could not be had: %s"
                      .formatted(
                          Count.of(report.listingProblems().size(), "part"),
                          report.listingProblems().get(0)));
      return Stream.of(notDone(), liveNotDone(), listing)
          .flatMap(lines -> lines)
          .collect(Collectors.joining(" "));
    }

    /** For who looks at it later. */
    void note(PastRun.Builder run) {
      Tally tally = report.tally();
      run.setDue((int) report.dueItems())
          .setComplete(tally.complete())
          .setSettled(tally.settled())
          .setIncomplete(tally.incomplete())
          .setFailed(tally.failed())
          .setNotAsked(tally.notAsked())
          .setChanged(tally.changed())
          .setNotInForce(tally.notInForce())
          .setRequests(requests)
          .setNotes(listing(MOST_NOTED).toList());
    }

    /** A run that left anything undone that was due has not done its job; one that waits has. */
    ExitCode exitCode() {
      return report.isDone() && live.map(LiveReport::isDone).orElse(true)
          ? ExitCode.OK
          : ExitCode.UNAVAILABLE;
    }
  }

  /** What following came to, for a summary. */
  static String summary(Connector connector, LiveReport live) {
    return "live: %s in %s, %d ended"
        .formatted(
            Count.of(live.items(), connector.itemName()),
            Count.of(live.rounds(), "round"),
            live.ended());
  }

  private static List<String> notDone(Connector connector, LiveReport live) {
    List<String> lines = new ArrayList<>();
    live.listingProblems().stream()
        .limit(MOST_TOLD)
        .forEach(problem -> lines.add("listing: " + problem));
    live.unreachable()
        .ifPresent(
            why ->
                lines.add(
                    "What was in progress is not followed any more, because the API cannot be reached: %s. It stays due."
                        .formatted(why)));
    if (live.undone() > 0) {
      lines.add(
          "%s that ended meanwhile could not be fetched, or not all of it; `producer status` tells why. It stays due."
              .formatted(Count.of(live.undone(), connector.itemName())));
    }
    return lines;
  }

  /** What was never listed, if the API has it, and the command that gets it. */
  static Optional<String> notListed(Connector connector, ListedDays days) {
    return days.getFrom().isAfter(connector.beginning())
        ? Optional.of(
            "No %s before %s has been listed, unless a run was asked for it. The next run without --from and --to gets them, from %s on"
                .formatted(connector.itemName(), days.getFrom(), connector.beginning()))
        : Optional.empty();
  }

  private Fetching() {}

  private static FetchSettings fetchSettings(Settings settings, Connector connector, Clock clock) {
    return FetchSettings.of(
        settings,
        LocalDate.ofInstant(clock.instant(), connector.zone()),
        connector.beginning(),
        connector.mostInFlight());
  }

  /** What a run would fetch now, and why; no item is asked for, and nothing is recorded. */
  static Listed plan(
      Settings settings, Known known, Connector connector, Clock clock, Progress progress)
      throws InterruptedException {
    Source source = connector.source(settings, new Hosts(HttpSettings.of(settings), clock));
    return Listed.of(
        source,
        known,
        fetchSettings(settings, connector, clock).window(),
        clock.instant(),
        progress);
  }

  /**
   * Fetches what is due.
   *
   * @param live how often what is in progress then is fetched, until it is not; empty for not at
   *     all
   */
  static Outcome run(
      Settings settings,
      Cluster cluster,
      Connector connector,
      Clock clock,
      Optional<Duration> live,
      Progress progress,
      Metrics metrics)
      throws InterruptedException {
    AtomicLong answered = new AtomicLong();
    return new Lineage(LineageSettings.of(settings), clock)
        .of(
            Jobs.fetch(settings, cluster, connector, answered::get),
            () -> {
              Outcome outcome = fetch(settings, cluster, connector, clock, live, progress, metrics);
              answered.set(outcome.report().tally().changed());
              return outcome;
            },
            outcome ->
                outcome.exitCode() == ExitCode.OK
                    ? RunEnd.COMPLETE
                    : new RunEnd.Failed(outcome.reason()));
  }

  private static Outcome fetch(
      Settings settings,
      Cluster cluster,
      Connector connector,
      Clock clock,
      Optional<Duration> live,
      Progress progress,
      Metrics metrics)
      throws InterruptedException {
    return with(
        settings,
        cluster,
        connector,
        clock,
        progress,
        metrics,
        session -> {
          FetchReport report = session.next().run();
          Optional<LiveReport> followed =
              live.isEmpty()
                  ? Optional.empty()
                  : Optional.of(session.live(live.get()).run(Instant.MAX));
          return new Outcome(connector, report, followed, session.requests());
        });
  }

  /**
   * Follows what is in progress, and fetches nothing else.
   *
   * @param latest when it ends in any case
   */
  static LiveReport follow(
      Settings settings,
      Cluster cluster,
      Connector connector,
      Clock clock,
      Duration every,
      Instant latest,
      Progress progress,
      Metrics metrics)
      throws InterruptedException {
    return with(
        settings,
        cluster,
        connector,
        clock,
        progress,
        metrics,
        session -> session.live(every).run(latest));
  }

  /** Whether the source lists anything as in progress now. */
  static boolean isInProgress(Settings settings, Connector connector, Clock clock, Metrics metrics)
      throws InterruptedException {
    Window window = fetchSettings(settings, connector, clock).window();
    Source source = connector.source(settings, hosts(settings, connector, clock, metrics));
    return source
        .list(window.today().minusDays(1), window.today(), Progress.lines(line -> {}, clock))
        .items()
        .stream()
        .anyMatch(item -> item.getState() == ItemState.IN_PROGRESS && window.mayBeInProgress(item));
  }

  private static Hosts hosts(Settings settings, Connector connector, Clock clock, Metrics metrics) {
    return new Hosts(
        HttpSettings.of(settings), clock, new RequestMeters(metrics, connector.dataset().source()));
  }

  private interface Work<T> {
    T in(Session session) throws InterruptedException;
  }

  private static <T> T with(
      Settings settings,
      Cluster cluster,
      Connector connector,
      Clock clock,
      Progress progress,
      Metrics metrics,
      Work<T> work)
      throws InterruptedException {
    try (KafkaLedger ledger = KafkaLedger.open(cluster.connection(), cluster.topics(), metrics)) {
      return work.in(new Session(settings, connector, ledger, clock, progress, metrics));
    } catch (InterruptException | ConfigException e) {
      throw e;
    } catch (KafkaException e) {
      throw LandfallException.unavailable(
          "Kafka went away while %ss were fetched: %s. What was committed stays, the rest is due."
              .formatted(connector.itemName(), Reason.of(e)),
          e);
    }
  }

  /** One owner of the ledger, and its API, which is asked again in the next run after an outage. */
  private static final class Session {
    private final Settings settings;
    private final Connector connector;
    private final KafkaLedger ledger;
    private final Clock clock;
    private final Progress progress;
    private final Metrics metrics;
    private Source source;
    private long requestsBefore;

    Session(
        Settings settings,
        Connector connector,
        KafkaLedger ledger,
        Clock clock,
        Progress progress,
        Metrics metrics) {
      this.settings = settings;
      this.connector = connector;
      this.ledger = ledger;
      this.clock = clock;
      this.progress = progress;
      this.metrics = metrics;
      this.source = newSource();
    }

    private Source newSource() {
      return connector.source(settings, hosts(settings, connector, clock, metrics));
    }

    FetchRun next() {
      if (source.unreachable().isPresent()) {
        requestsBefore += source.requests();
        source = newSource();
      }
      return new FetchRun(
          source,
          ledger,
          fetchSettings(settings, connector, clock),
          connector.itemName() + "s",
          clock,
          progress);
    }

    LiveRun live(Duration every) {
      return new LiveRun(
          ledger, this::next, every, clock, time -> Sleep.until(time, clock, metrics::alive));
    }

    long requests() {
      return requestsBefore + source.requests();
    }
  }
}
