package io.landfall.producer.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.producer.nhl.NhlConnector;
import io.landfall.schemas.PastRun;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunLinesTest {

  private static final Instant START = Instant.parse("2024-10-10T13:00:00Z");

  private static PastRun.Builder run(int hour) {
    return PastRun.newBuilder()
        .setId("run " + hour)
        .setCommand("schedule")
        .setStartedAt(START.plusSeconds(3600L * hour));
  }

  private static final PastRun DONE =
      run(0)
          .setEndedAt(START.plusSeconds(42))
          .setExitCode(0)
          .setDue(13)
          .setComplete(12)
          .setIncomplete(1)
          .setRequests(41)
          .setRows(2160)
          .setNotes(List.of("note: an older one"))
          .build();

  private static final PastRun FAILED =
      run(1)
          .setEndedAt(START.plusSeconds(3700))
          .setExitCode(3)
          .setReason("The API cannot be reached: no connection.")
          .setDue(1)
          .setNotAsked(1)
          .setRequests(20)
          .setNotes(List.of("listing: week 2024-10-07: status 503", "note: one that was odd"))
          .build();

  private static final RunLines LINES =
      new RunLines(new NhlConnector(), List.of(DONE, FAILED, run(2).build()));

  @Test
  void eachIsALineAndTheLastThatEndedTellsWhatWasOdd() {
    assertThat(LINES.lines())
        .containsExactly(
            "Last runs, newest first:",
            "  2024-10-10T15:00:00Z  schedule  has not ended: under way, stopped or killed",
            "  2024-10-10T14:00:00Z  schedule  100 s, exit code 3; 1 game due (1 not asked for), 20 requests, 0 rows: The API cannot be reached: no connection.",
            "  2024-10-10T13:00:00Z  schedule  42 s, exit code 0; 13 games due (12 complete, 1 incomplete), 41 requests, 2,160 rows",
            "    listing: week 2024-10-07: status 503",
            "    note: one that was odd");
    assertThat(new RunLines(new NhlConnector(), List.of()).lines()).isEmpty();
  }

  @Test
  void programsAreToldAllOfEach() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LINES.printJson(new PrintStream(out, true, UTF_8));
    assertThat(out.toString(UTF_8).lines())
        .hasSize(3)
        .anyMatch(
            line ->
                line.startsWith(
                        "{\"run\":\"schedule\",\"started_at\":\"2024-10-10T14:00:00Z\",\"ended_at\":\"2024-10-10T14:01:40Z\",\"exit_code\":3,")
                    && line.endsWith(
                        "\"notes\":[\"listing: week 2024-10-07: status 503\",\"note: one that was odd\"]}"));
  }
}
