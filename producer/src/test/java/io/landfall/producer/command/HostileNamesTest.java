package io.landfall.producer.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.Command;
import io.landfall.cli.ExitCode;
import io.landfall.cli.Program;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.producer.ledger.Entries;
import io.landfall.producer.ledger.Known;
import io.landfall.producer.nhl.NhlConnector;
import io.landfall.producer.nhl.stats.Games;
import io.landfall.producer.source.FetchOutcome;
import io.landfall.schemas.LedgerEntry;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A source that writes escape codes and lines of its own into what status shows. */
class HostileNamesTest {

  private static final String FORGED = "2024020002  2024-10-04  NJD@BOS  complete";

  private record Shown(Map<String, LedgerEntry> ledger) implements Command {
    @Override
    public String name() {
      return "status";
    }

    @Override
    public String description() {
      return "Shows.";
    }

    @Override
    public List<Setting<?>> settings() {
      return List.of();
    }

    @Override
    public ExitCode run(Settings settings, PrintStream out) {
      new LedgerLines(new NhlConnector())
          .of(new Known(ledger, Optional.empty()))
          .forEach(out::println);
      return ExitCode.OK;
    }
  }

  @Test
  void statusShowsThemAndSendsNone() {
    LedgerEntry entry =
        Entries.after(
            Entries.listed(
                Games.of(
                    2024020001,
                    LocalDate.of(2024, 10, 4),
                    2,
                    "OFF",
                    "BOS\u009b31m\u202e",
                    "\u001b[2K\rNJD\n" + FORGED)),
            new FetchOutcome.Rejected("GET http://u:hunter2@h/: status 500\u0007"),
            Instant.EPOCH);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, UTF_8);
    new Program("landfall producer", "Tests.", List.of(new Shown(Map.of("2024020001", entry))))
        .run(Map.of(), stream, stream, "status");
    String shown = out.toString(UTF_8);
    assertThat(shown.lines()).noneMatch(line -> line.startsWith(FORGED));
    assertThat(shown)
        .contains("1 game in the ledger", "\\u001b[2K\\rNJD\\n", "BOS\\u009b31m\\u202e", "\\u0007")
        .doesNotContain("\u001b", "\u009b", "\u202e", "\u0007", "hunter2");
  }
}
