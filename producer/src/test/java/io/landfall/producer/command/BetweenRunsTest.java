package io.landfall.producer.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.LandfallException;
import io.landfall.producer.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class BetweenRunsTest {

  private static final Instant NOON = Instant.parse("2024-10-08T12:00:00Z");

  private final ManualClock clock = new ManualClock(NOON);
  private final List<String> happened = new ArrayList<>();

  private void pass(Instant time) {
    if (time.isAfter(clock.instant())) {
      clock.set(time);
    }
  }

  private void note(String what) {
    happened.add("%s %d".formatted(what, Duration.between(NOON, clock.instant()).toMinutes()));
  }

  private void between(Supplier<LandfallException> failure) throws InterruptedException {
    new BetweenRuns(
            new BetweenRuns.Look() {
              @Override
              public boolean isInProgress() {
                note("look");
                return clock.instant().isAfter(NOON.plus(Duration.ofMinutes(15)));
              }

              @Override
              public void follow(Instant latest) {
                note("follow");
                if (happened.size() > 5) {
                  throw failure.get();
                }
                clock.pass(Duration.ofMinutes(7));
              }
            },
            clock,
            this::pass)
        .until(NOON.plus(Duration.ofMinutes(60)));
    assertThat(clock.instant()).isEqualTo(NOON.plus(Duration.ofMinutes(60)));
  }

  @Test
  void itLooksNowAndThenAndFollowsWhatHasBegunAndEndsInTime() throws Exception {
    between(() -> LandfallException.unavailable("Kafka is away", new IllegalStateException()));
    assertThat(happened)
        .containsExactly(
            "look 0",
            "look 10",
            "look 20",
            "follow 20",
            "look 37",
            "follow 37",
            "look 47",
            "follow 47",
            "look 57",
            "follow 57");
  }

  @Test
  void whoeverWasSupersededWaitsForItsNextRun() throws Exception {
    between(() -> LandfallException.superseded("another run", new IllegalStateException()));
    assertThat(happened)
        .containsExactly("look 0", "look 10", "look 20", "follow 20", "look 37", "follow 37");
  }
}
