package io.landfall.producer.command;

import io.landfall.cli.Count;
import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.cli.Printable;
import io.landfall.cli.Progress;
import io.landfall.cli.Reason;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.producer.fetch.FetchReport;
import io.landfall.producer.fetch.FetchRun;
import io.landfall.producer.fetch.FetchSettings;
import io.landfall.producer.fetch.Listed;
import io.landfall.producer.fetch.Tally;
import io.landfall.producer.http.Hosts;
import io.landfall.producer.http.HttpSettings;
import io.landfall.producer.ledger.KafkaLedger;
import io.landfall.producer.ledger.Known;
import io.landfall.producer.source.Connector;
import io.landfall.producer.source.Source;
import io.landfall.schemas.ListedDays;
import io.landfall.schemas.PastRun;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
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
   * @param requests sent to the API, retries included
   */
  record Outcome(Connector connector, FetchReport report, long requests) {

    /** For the summary line. */
    String summary() {
      Tally tally = report.tally();
      return "%s due: %d complete (%d with new answers)%s, %d incomplete, %d failed%s%s; %s"
          .formatted(
              Count.of(report.dueItems(), connector.itemName()),
              tally.complete(),
              tally.changed(),
              ifAny(", %d settled", tally.settled()),
              tally.incomplete(),
              tally.failed(),
              ifAny(", %d not asked for", tally.notAsked()),
              ifAny("; of %d an answer is not in force", tally.notInForce()),
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
      return Stream.of(leftOut(), listing(MOST_TOLD), notDone(), Stream.of(summary))
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
              "%d of the %s that were due could not be fetched, or not all of them; `producer status` tells why. They stay due."
                  .formatted(
                      tally.failed() + tally.notAsked(),
                      Count.of(report.dueItems(), connector.itemName())));
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
      return Stream.concat(notDone(), listing).collect(Collectors.joining(" "));
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
      return report.isDone() ? ExitCode.OK : ExitCode.UNAVAILABLE;
    }
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
        settings, LocalDate.ofInstant(clock.instant(), connector.zone()), connector.beginning());
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

  static Outcome run(
      Settings settings, Cluster cluster, Connector connector, Clock clock, Progress progress)
      throws InterruptedException {
    Source source = connector.source(settings, new Hosts(HttpSettings.of(settings), clock));
    try (KafkaLedger ledger = KafkaLedger.open(cluster.connection(), cluster.topics())) {
      FetchReport report =
          new FetchRun(
                  source,
                  ledger,
                  fetchSettings(settings, connector, clock),
                  connector.itemName() + "s",
                  clock,
                  progress)
              .run();
      return new Outcome(connector, report, source.requests());
    } catch (InterruptException | ConfigException e) {
      throw e;
    } catch (KafkaException e) {
      throw LandfallException.unavailable(
          "Kafka went away while %ss were fetched: %s. What was committed stays, the rest is due."
              .formatted(connector.itemName(), Reason.of(e)),
          e);
    }
  }
}
