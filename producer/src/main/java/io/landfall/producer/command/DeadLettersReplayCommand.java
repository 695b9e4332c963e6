package io.landfall.producer.command;

import io.landfall.cli.Command;
import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.producer.deadletter.Origin;
import io.landfall.producer.deadletter.Replay;
import io.landfall.producer.deadletter.Replay.End;
import io.landfall.producer.deadletter.Standing;
import io.landfall.producer.source.Connector;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Sends dead letters again, so that shape takes their records once more. */
public final class DeadLettersReplayCommand implements Command {

  private final Connector connector;

  public DeadLettersReplayCommand(Connector connector) {
    this.connector = connector;
  }

  @Override
  public String name() {
    return "dead-letters replay";
  }

  @Override
  public String description() {
    return "Sends records that shape could not use to the archive again, for a shape that can. One whose item has a later record is not sent.";
  }

  @Override
  public List<Setting<?>> settings() {
    return Stream.concat(
            Stream.of(Letters.ORIGINS, Letters.ALL, LandfallSettings.DRY_RUN),
            KafkaSettings.ALL.stream())
        .toList();
  }

  @Override
  public List<String> problems(Settings settings) {
    return Letters.problems(settings);
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) throws InterruptedException {
    Optional<List<Origin>> asked = settings.find(Letters.ORIGINS);
    boolean dry = settings.get(LandfallSettings.DRY_RUN);
    try (Cluster cluster = Cluster.look(settings, connector)) {
      List<Replay.Outcome> outcomes =
          Letters.exist(cluster)
              ? Letters.with(
                  cluster,
                  archive -> dry ? Replay.of(archive).dryRun(asked) : Replay.of(archive).run(asked))
              : Letters.none(asked);
      outcomes.forEach(outcome -> out.println(line(outcome, dry)));
      out.println(summary(outcomes, dry));
      return count(outcomes, End.NOT_IN_ARCHIVE) == 0 ? ExitCode.OK : ExitCode.REFUSED;
    }
  }

  private static String summary(List<Replay.Outcome> outcomes, boolean dry) {
    String counts =
        "dead-letters replay: %d %s, %d superseded, %d not in the archive"
            .formatted(
                count(outcomes, End.SENT),
                dry ? "to send" : "sent",
                count(outcomes, End.SUPERSEDED),
                count(outcomes, End.NOT_IN_ARCHIVE));
    return dry || count(outcomes, End.SENT) == 0 ? counts : counts + "; shape takes them next";
  }

  private static long count(List<Replay.Outcome> outcomes, End end) {
    return outcomes.stream().filter(outcome -> outcome.end() == end).count();
  }

  private static String line(Replay.Outcome outcome, boolean dry) {
    Standing standing = outcome.standing();
    String what =
        switch (outcome.end()) {
          case SENT -> dry ? "would be sent" : "sent";
          case SUPERSEDED ->
              "superseded, not sent: the archive has %s at offset %d"
                  .formatted(
                      standing.isLaterTheSame()
                          ? "the same record again"
                          : "a later record of its item",
                      standing.later().orElseThrow());
          case NOT_IN_ARCHIVE ->
              "not sent: the archive of this source does not have this record, so nobody can say what came after it";
        };
    return "%s: %s".formatted(Letters.name(standing), what);
  }
}
