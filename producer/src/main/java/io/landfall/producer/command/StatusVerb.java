package io.landfall.producer.command;

import io.landfall.producer.ledger.Known;
import io.landfall.producer.ledger.LedgerReader;
import io.landfall.producer.schedule.KafkaJournal;
import io.landfall.program.ExitCode;
import io.landfall.program.LandfallSettings;
import io.landfall.program.Setting;
import io.landfall.program.Settings;
import io.landfall.program.Verb;
import io.landfall.schemas.Run;
import io.landfall.schemas.Topics;
import java.io.PrintStream;
import java.util.List;

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
        Known known = LedgerReader.read(cluster.connection());
        LedgerLines.of(known).forEach(out::println);
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
}
