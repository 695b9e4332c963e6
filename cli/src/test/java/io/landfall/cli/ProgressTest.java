package io.landfall.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {

  /** A clock that moves when it is told to. */
  private static final class ManualClock extends Clock {
    private Instant now = Instant.parse("2024-10-10T13:00:00Z");

    private void pass(long seconds) {
      now = now.plusSeconds(seconds);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("Nobody asks for another zone");
    }
  }

  private final ManualClock clock = new ManualClock();
  private final List<String> lines = new ArrayList<>();

  @Test
  void aLineEveryHalfMinuteSaysHowManyAreDoneAndWhatTimeIsLeft() {
    try (Progress.Work work = Progress.lines(lines::add, clock).of("games", 1308)) {
      for (int game = 0; game < 1308; game++) {
        clock.pass(1);
        work.done(1);
      }
    }
    assertThat(lines).hasSize((int) Duration.ofSeconds(1308).dividedBy(Duration.ofSeconds(30)));
    assertThat(lines.get(0)).isEqualTo("30 of 1,308 games, about 21 min left");
    assertThat(lines.get(42)).isEqualTo("1,290 of 1,308 games, about 18 s left");
  }

  @Test
  void shortWorkSaysNothing() {
    try (Progress.Work work = Progress.lines(lines::add, clock).of("games", 13)) {
      clock.pass(29);
      work.done(13);
    }
    assertThat(lines).isEmpty();
  }

  @Test
  void workThatStandsStillSaysSoToo() {
    try (Progress.Work work = Progress.lines(lines::add, clock).of("games", 8)) {
      for (int second = 0; second < 90; second++) {
        clock.pass(1);
        work.look();
      }
    }
    assertThat(lines)
        .containsExactly(
            "0 of 8 games, none in 30 s",
            "0 of 8 games, none in 1 min",
            "0 of 8 games, none in 1 min");
  }

  @Test
  void aTerminalHasOneLineThatChangesAndGoes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, UTF_8);
    try (Progress.Work work = Progress.terminal(out, clock).of("games", 4)) {
      clock.pass(2);
      work.done(1);
      clock.pass(5400);
      work.done(1);
    }
    assertThat(bytes.toString(UTF_8))
        .isEqualTo(
            "\r\u001B[K[#######.......................] 1 of 4 games, about 6 s left"
                + "\r\u001B[K[###############...............] 2 of 4 games, about 1 h 30 min left"
                + "\r\u001B[K");
  }

  @Test
  void nothingToDoIsNothingToDivideBy() {
    try (Progress.Work work = Progress.lines(lines::add, clock).of("games", 0)) {
      clock.pass(31);
      work.look();
    }
    assertThat(lines).containsExactly("0 of 0 games, none in 31 s");
  }
}
