package io.landfall.producer.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.producer.ManualClock;
import io.landfall.schemas.Run;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScheduledRunsTest {

  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final Instant MONDAY_8_AM = Instant.parse("2024-10-07T12:00:00Z");

  /** A clock that only moves when somebody waits or works. */
  private final ManualClock clock = new ManualClock(MONDAY_8_AM);

  private final List<Instant> started = new ArrayList<>();
  private final Deque<ScheduledRuns.Job> jobs = new ArrayDeque<>();
  private final List<Run> noted = new ArrayList<>();
  private Optional<Run> last = Optional.empty();

  private static ScheduledRuns.Result ended(ExitCode code) {
    return new ScheduledRuns.Result(code, "done");
  }

  private static Run lastRunFor(String planned) {
    Instant time = Instant.parse(planned);
    return new Run("0 9 * * *", NEW_YORK.getId(), time, time, time, 1, 0, "done", time);
  }

  /** Runs the jobs of the script, then is interrupted. */
  private void run() {
    ScheduledRuns runs =
        new ScheduledRuns(
            new CronTimes("0 9 * * *", NEW_YORK),
            () -> {
              started.add(clock.instant());
              return jobs.pop().run();
            },
            new ScheduledRuns.Journal() {
              @Override
              public Optional<Run> latest() {
                return last;
              }

              @Override
              public void note(Run run) {
                noted.add(run);
              }
            },
            clock,
            time -> {
              if (jobs.isEmpty()) {
                throw new InterruptedException("The script has ended");
              }
              if (time.isAfter(clock.instant())) {
                clock.set(time);
              }
            });
    assertThatThrownBy(runs::run).isInstanceOf(InterruptedException.class);
  }

  @Test
  void theFirstRunEverIsAtOnceAndTheNextInTheZonesMorning() {
    jobs.add(() -> ended(ExitCode.OK));
    jobs.add(() -> ended(ExitCode.OK));
    run();
    assertThat(started).containsExactly(MONDAY_8_AM, Instant.parse("2024-10-07T13:00:00Z"));
  }

  @Test
  void timesThatWereMissedAreCaughtUpOnce() {
    last = Optional.of(lastRunFor("2024-10-02T13:00:00Z"));
    jobs.add(() -> ended(ExitCode.OK));
    jobs.add(() -> ended(ExitCode.OK));
    run();
    assertThat(started).containsExactly(MONDAY_8_AM, Instant.parse("2024-10-07T13:00:00Z"));
    assertThat(noted.get(0).getPlannedAt()).isEqualTo(Instant.parse("2024-10-06T13:00:00Z"));
  }

  @Test
  void aRunThatOutlastsItsNextTimeIsFollowedByOneRunNotByTwo() {
    last = Optional.of(lastRunFor("2024-10-06T13:00:00Z"));
    jobs.add(
        () -> {
          clock.pass(Duration.ofDays(3));
          return ended(ExitCode.OK);
        });
    jobs.add(() -> ended(ExitCode.OK));
    jobs.add(() -> ended(ExitCode.OK));
    run();
    assertThat(started)
        .containsExactly(
            Instant.parse("2024-10-07T13:00:00Z"),
            Instant.parse("2024-10-10T13:00:00Z"),
            Instant.parse("2024-10-11T13:00:00Z"));
  }

  @Test
  void aRunThatFindsNothingReachableIsTriedAgainWithGrowingPauses() {
    last = Optional.of(lastRunFor("2024-10-06T13:00:00Z"));
    jobs.add(() -> ended(ExitCode.UNAVAILABLE));
    jobs.add(
        () -> {
          throw LandfallException.unavailable("Kafka does not answer", new IllegalStateException());
        });
    jobs.add(() -> ended(ExitCode.OK));
    run();
    Instant nine = Instant.parse("2024-10-07T13:00:00Z");
    assertThat(started)
        .containsExactly(nine, nine.plus(Duration.ofMinutes(1)), nine.plus(Duration.ofMinutes(3)));
    assertThat(noted).extracting(Run::getAttempts).containsExactly(1, 2, 3);
    assertThat(noted.get(1).getSummary()).isEqualTo("Kafka does not answer");
  }

  @Test
  void aRunThatMustBeDecidedOnWaitsForItsNextTime() {
    last = Optional.of(lastRunFor("2024-10-06T13:00:00Z"));
    jobs.add(
        () -> {
          throw LandfallException.refused("Topic x has retention.ms=1");
        });
    jobs.add(() -> ended(ExitCode.OK));
    run();
    assertThat(started)
        .containsExactly(
            Instant.parse("2024-10-07T13:00:00Z"), Instant.parse("2024-10-08T13:00:00Z"));
  }

  @Test
  void aRunThatIsTakenOverLeavesTheNoteToWhoeverTookOver() {
    last = Optional.of(lastRunFor("2024-10-06T13:00:00Z"));
    jobs.add(
        () -> {
          throw LandfallException.superseded(
              "Another run has taken over", new IllegalStateException());
        });
    jobs.add(() -> ended(ExitCode.OK));
    run();
    assertThat(noted)
        .extracting(Run::getPlannedAt)
        .containsExactly(Instant.parse("2024-10-08T13:00:00Z"));
  }

  @Test
  void theHourIsThatOfTheZoneOnBothSidesOfTheClockChange() {
    CronTimes times = new CronTimes("0 9 * * *", NEW_YORK);
    assertThat(times.after(Instant.parse("2024-11-02T20:00:00Z")))
        .isEqualTo(Instant.parse("2024-11-03T14:00:00Z"));
  }

  @Test
  void anExpressionThatIsNoneIsRefused() {
    assertThatThrownBy(() -> new CronTimes("every day", NEW_YORK))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CronTimes("0 9 31 2 *", NEW_YORK))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
