package io.landfall.producer.command;

import io.landfall.producer.ledger.LedgerReader;
import io.landfall.producer.schedule.KafkaJournal;
import io.landfall.program.ExitCode;
import io.landfall.program.LandfallSettings;
import io.landfall.program.Setting;
import io.landfall.program.Settings;
import io.landfall.program.Verb;
import io.landfall.schemas.GameStatus;
import io.landfall.schemas.LedgerEntry;
import io.landfall.schemas.Run;
import io.landfall.schemas.Topics;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the ledger holds, and every game that is waiting, with its reason. */
public final class StatusVerb implements Verb {

  @Override
  public String name() {
    return "status";
  }

  @Override
  public String description() {
    return "Shows what has been fetched and which games are waiting for what.";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(LandfallSettings.BOOTSTRAP_SERVERS);
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) throws InterruptedException {
    try (Cluster cluster = Cluster.look(settings)) {
      if (cluster.missing().contains(Topics.GAME_LEDGER)) {
        out.println(
            "Nothing has been fetched: Kafka at %s has no topic %s. The first `landfall producer run` makes it."
                .formatted(
                    settings.get(LandfallSettings.BOOTSTRAP_SERVERS), Topics.GAME_LEDGER.name()));
      } else {
        print(LedgerReader.read(cluster.connection()), out);
      }
      if (!cluster.missing().contains(Topics.RUNS)) {
        new KafkaJournal(cluster.connection()).latest().ifPresent(run -> print(run, out));
      }
    }
    return ExitCode.OK;
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
    run.getSummary().lines().forEach(line -> out.println("  " + line));
  }

  static void print(Map<Integer, LedgerEntry> ledger, PrintStream out) {
    Map<GameStatus, Long> counts =
        ledger.values().stream()
            .collect(
                Collectors.groupingBy(LedgerEntry::getStatus, TreeMap::new, Collectors.counting()));
    out.println("%d games in the ledger".formatted(ledger.size()));
    counts.forEach(
        (status, count) ->
            out.println("  %-10s %6d".formatted(status.name().toLowerCase(Locale.ROOT), count)));
    List<LedgerEntry> noted =
        ledger.values().stream()
            .filter(entry -> entry.getReason() != null)
            .sorted(
                Comparator.comparing(LedgerEntry::getGameDate)
                    .thenComparing(LedgerEntry::getGameId))
            .toList();
    for (LedgerEntry entry : noted) {
      out.println(
          "%d  %s  %s@%s  %s, attempt %d, next %s: %s"
              .formatted(
                  entry.getGameId(),
                  entry.getGameDate(),
                  entry.getAwayTeam(),
                  entry.getHomeTeam(),
                  entry.getStatus().name().toLowerCase(Locale.ROOT),
                  entry.getAttempts(),
                  Optional.ofNullable(entry.getNextAttemptAt())
                      .map(Object::toString)
                      .orElse("not planned"),
                  entry.getReason()));
    }
  }
}
