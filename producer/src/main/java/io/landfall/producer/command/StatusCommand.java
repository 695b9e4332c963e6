package io.landfall.producer.command;

import io.landfall.cli.Command;
import io.landfall.cli.Count;
import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.OutputFormat;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.producer.deadletter.KafkaArchive;
import io.landfall.producer.deadletter.Letter;
import io.landfall.producer.deadletter.Standing;
import io.landfall.producer.deadletter.Standing.State;
import io.landfall.producer.ledger.KafkaLedger;
import io.landfall.producer.ledger.Known;
import io.landfall.producer.schedule.KafkaJournal;
import io.landfall.producer.source.Connector;
import io.landfall.schemas.Run;
import io.landfall.schemas.Topic;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the ledger holds, and every item that is waiting, with its reason. */
public final class StatusCommand implements Command {

  private final Connector connector;
  private final Clock clock;

  public StatusCommand(Connector connector, Clock clock) {
    this.connector = connector;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "status";
  }

  @Override
  public String description() {
    return "Shows what has been fetched, what is waiting for what, what could not be used, and the last runs.";
  }

  @Override
  public List<Setting<?>> settings() {
    return Stream.concat(KafkaSettings.ALL.stream(), Stream.of(LandfallSettings.OUTPUT)).toList();
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) throws InterruptedException {
    OutputFormat format = settings.get(LandfallSettings.OUTPUT);
    if (format != OutputFormat.TABLE) {
      lines(settings, format, out);
      return ExitCode.OK;
    }
    try (Cluster cluster = Cluster.look(settings, connector)) {
      Topic ledger = cluster.topics().ledger();
      Topic runs = cluster.topics().runs();
      if (cluster.missing().contains(ledger)) {
        out.println(
            "Nothing has been fetched: Kafka at %s has no topic %s. The first `landfall producer run` makes it."
                .formatted(settings.get(LandfallSettings.BOOTSTRAP_SERVERS), ledger.name()));
      } else {
        Known known = KafkaLedger.read(cluster.connection(), cluster.topics());
        Optional<ResourceLines> resources = ResourceLines.of(connector);
        Known ofDays = resources.map(one -> one.ofDays(known)).orElse(known);
        new LedgerLines(connector).of(known, ofDays.days()).forEach(out::println);
        resources.ifPresent(one -> one.lines(known, clock.instant()).forEach(out::println));
        calendar(ofDays, out);
        resources
            .filter(any -> !cluster.missing().contains(cluster.topics().answers()))
            .ifPresent(
                one ->
                    one.undeclared(
                            known,
                            entries ->
                                KafkaLedger.answers(
                                    cluster.connection(), cluster.topics(), entries))
                        .forEach(out::println));
      }
      if (Letters.exist(cluster)) {
        out.println(open(Letters.with(cluster, KafkaArchive::standings), connector.flag()));
      }
      if (!cluster.missing().contains(runs)) {
        KafkaJournal journal = new KafkaJournal(cluster.connection(), runs);
        new RunLines(connector, journal.past()).lines().forEach(out::println);
        journal.latest().ifPresent(run -> print(run, out));
      }
      if (!cluster.missing().contains(cluster.topics().answers())) {
        cluster.awaitEnd(cluster.topics().answers());
      }
    }
    return ExitCode.OK;
  }

  /** For programs: a line for each day, as JSON also what waits longest, dead letters and runs. */
  private void lines(Settings settings, OutputFormat format, PrintStream out)
      throws InterruptedException {
    try (Cluster cluster = Cluster.look(settings, connector)) {
      Known known =
          cluster.missing().contains(cluster.topics().ledger())
              ? Known.NOTHING
              : KafkaLedger.read(cluster.connection(), cluster.topics());
      Optional<ResourceLines> resources = ResourceLines.of(connector);
      new Coverage(resources.map(one -> one.ofDays(known)).orElse(known)).print(format, out);
      if (format == OutputFormat.JSON) {
        resources.ifPresent(one -> json(one, known, out));
        Oldest.of(known, connector.zone()).ifPresent(oldest -> json(oldest, out));
        json(
            Letters.exist(cluster)
                ? Letters.with(cluster, KafkaArchive::standings)
                : List.<Standing>of(),
            out);
        if (!cluster.missing().contains(cluster.topics().runs())) {
          KafkaJournal journal = new KafkaJournal(cluster.connection(), cluster.topics().runs());
          new RunLines(connector, journal.past()).printJson(out);
        }
      }
    }
  }

  private static void json(ResourceLines resources, Known known, PrintStream out) {
    Lines lines =
        new Lines(List.of("item", "since", "read_through", "looked_at", "next"), Set.of());
    resources.printJson(known, lines);
    lines.print(OutputFormat.JSON, out);
  }

  private static void json(Oldest oldest, PrintStream out) {
    Lines lines = new Lines(List.of("oldest_waiting", "since", "status", "reason"), Set.of());
    lines.add(
        oldest.entry().getItem().getKey(),
        oldest.since().toString(),
        oldest.entry().getStatus().name().toLowerCase(Locale.ROOT),
        oldest.reason());
    lines.print(OutputFormat.JSON, out);
  }

  private static void json(List<Standing> standings, PrintStream out) {
    Lines lines = new Lines(List.of("dead_letters", "open", "dismissed", "resolved"), Set.of());
    lines.add(
        standings.size(),
        count(standings, State.OPEN),
        count(standings, State.DISMISSED),
        count(standings, State.RESOLVED));
    lines.print(OutputFormat.JSON, out);
  }

  private static long count(List<Standing> standings, State state) {
    return standings.stream().filter(standing -> standing.state() == state).count();
  }

  private static void calendar(Known known, PrintStream out) {
    List<String> months = new Coverage(known).calendar();
    if (!months.isEmpty()) {
      months.forEach(out::println);
      out.println(Coverage.LEGEND);
    }
  }

  static String open(List<Standing> standings, String flag) {
    List<Letter> open = standings.stream().filter(Standing::isOpen).map(Standing::letter).toList();
    String others =
        Stream.of(State.DISMISSED, State.RESOLVED)
            .filter(state -> count(standings, state) > 0)
            .map(
                state ->
                    ", %d %s"
                        .formatted(count(standings, state), state.name().toLowerCase(Locale.ROOT)))
            .collect(Collectors.joining());
    if (open.isEmpty()) {
      return "No open dead letter" + others;
    }
    Letter newest = open.get(open.size() - 1);
    return "%s open%s; the newest, %s: %s, %s. To see them: producer dead-letters list%s"
        .formatted(
            Count.of(open.size(), "dead letter"),
            others,
            newest.origin(),
            newest.reason(),
            newest.detail(),
            flag);
  }

  private static void print(Run run, PrintStream out) {
    out.println(
        "Schedule \"%s\" in %s: last run for %s ended %s, attempt %d, exit code %d; next %s"
            .formatted(
                run.getCron(),
                run.getZone(),
                run.getPlannedAt(),
                run.getEndedAt(),
                run.getAttempts(),
                run.getExitCode(),
                run.getNextAt()));
    if (run.getExitCode() != ExitCode.OK.code()) {
      run.getSummary().lines().forEach(line -> out.println("  " + line));
    }
  }
}
