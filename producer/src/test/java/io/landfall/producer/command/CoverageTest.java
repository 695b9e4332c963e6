package io.landfall.producer.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.OutputFormat;
import io.landfall.producer.ledger.Entries;
import io.landfall.producer.ledger.Known;
import io.landfall.producer.nhl.stats.Games;
import io.landfall.producer.source.FetchOutcome;
import io.landfall.schemas.LedgerEntry;
import io.landfall.schemas.ListedDays;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CoverageTest {

  private final Map<String, LedgerEntry> games = new HashMap<>();

  private static final FetchOutcome NO_CHART =
      new FetchOutcome.Unchanged(
          new FetchOutcome.Missing(
              Map.of("shiftcharts", "empty"),
              false,
              Optional.empty(),
              Optional.of(Duration.ofDays(3))));

  private static final FetchOutcome COMPLETE =
      new FetchOutcome.Unchanged(FetchOutcome.Missing.NOTHING);

  private void game(String day, String state, FetchOutcome... outcomes) {
    int id = games.size() + 1;
    LedgerEntry entry = Entries.listed(Games.of(id, LocalDate.parse(day), 2, state, "BUF", "NJD"));
    Instant at = Instant.parse("2024-10-10T14:00:00Z");
    for (FetchOutcome outcome : outcomes) {
      entry = Entries.after(entry, outcome, at);
      at = at.plus(Duration.ofDays(4));
    }
    games.put(Integer.toString(id), entry);
  }

  private Coverage coverage() {
    game("2024-10-04", "OFF", COMPLETE);
    game("2024-10-04", "CNCL");
    game("2024-10-05", "OFF", NO_CHART, NO_CHART);
    game("2024-10-05", "OFF", COMPLETE);
    game("2024-10-07", "OFF", NO_CHART);
    game("2024-10-08", "OFF", new FetchOutcome.Rejected("status 404"));
    game("2024-10-08", "OFF", NO_CHART);
    game("2024-10-10", "FUT");
    game("2024-11-01", "FUT");
    return new Coverage(
        new Known(
            games,
            Optional.of(
                new ListedDays(
                    LocalDate.parse("2024-10-03"), LocalDate.parse("2024-10-09"), null))));
  }

  @Test
  void aHoleIsSeenInTheCalendar() {
    assertThat(coverage().calendar())
        .containsExactly(
            "2024-10  --.#+.?!.o---------------------  1 expected, 2 complete, 2 incomplete, 1 settled, 1 failed, 1 void",
            "2024-11  o-----------------------------   1 expected");
  }

  @Test
  void eachDayIsALine() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    coverage().print(OutputFormat.JSON, new PrintStream(out, true, UTF_8));
    assertThat(out.toString(UTF_8).lines())
        .hasSize(9)
        .contains(
            "{\"day\":\"2024-10-06\",\"listed\":true,\"expected\":0,\"complete\":0,\"incomplete\":0,\"settled\":0,\"failed\":0,\"void\":0,\"remarks\":\"\"}",
            "{\"day\":\"2024-10-08\",\"listed\":true,\"expected\":0,\"complete\":0,\"incomplete\":1,\"settled\":0,\"failed\":1,\"void\":0,\"remarks\":\"6: status 404; 7: shiftcharts: empty\"}");
  }
}
