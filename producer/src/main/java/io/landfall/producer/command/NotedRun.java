package io.landfall.producer.command;

import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.cli.kafka.KafkaFailure;
import io.landfall.producer.schedule.KafkaJournal;
import io.landfall.producer.shape.ShapeCounts;
import io.landfall.schemas.PastRun;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * A run that is noted when it begins and when it ends, for {@code status}. One that is killed or
 * stopped in between is known by having no end.
 */
final class NotedRun {

  /** What is run; it fills in what came of it. */
  interface Work<T> {
    T with(PastRun.Builder run) throws InterruptedException;
  }

  private NotedRun() {}

  static <T> T of(String command, Cluster cluster, Clock clock, Work<T> work)
      throws InterruptedException {
    KafkaJournal journal = new KafkaJournal(cluster.connection(), cluster.topics().runs());
    PastRun.Builder run =
        PastRun.newBuilder()
            .setId(UUID.randomUUID().toString())
            .setCommand(command)
            .setStartedAt(clock.instant().truncatedTo(ChronoUnit.MILLIS));
    journal.note(run.build());
    try {
      T result = work.with(run);
      journal.note(ended(run, clock));
      return result;
    } catch (LandfallException e) {
      LandfallException told = KafkaFailure.isRefusal(e) ? cluster.kafka().failure(e) : e;
      run.setExitCode(told.exitCode().code()).setReason(told.getMessage());
      journal.note(ended(run, clock));
      throw told;
    }
  }

  private static PastRun ended(PastRun.Builder run, Clock clock) {
    return run.setEndedAt(clock.instant().truncatedTo(ChronoUnit.MILLIS)).build();
  }

  static void fetched(Fetching.Outcome fetched, PastRun.Builder run) {
    fetched.note(run);
    run.setExitCode(fetched.exitCode().code());
    if (fetched.exitCode() != ExitCode.OK) {
      run.setReason(fetched.reason());
    }
  }

  static void shaped(ShapeCounts shaped, PastRun.Builder run) {
    run.setRows(shaped.rows()).setDeadLetters(shaped.deadLetters());
  }
}
