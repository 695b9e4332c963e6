package io.landfall.producer.nhl.stats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.schemas.ApiAnswer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which rows of a time-on-ice report are shifts, and whose: on a report made by hand. */
class ReportRowsTest {

  private static final String HEADING = "<tr><td class='playerHeading'>%s</td></tr>";
  private static final String ROW =
      "<tr><td>1</td><td>%s</td><td>%s</td><td>%s</td><td>00:10</td><td>&nbsp;</td></tr>";

  private final StringBuilder report = new StringBuilder("<table>");

  private ReportRowsTest player(String heading) {
    report.append(HEADING.formatted(heading));
    return this;
  }

  private ReportRowsTest row(String period, String start, String end) {
    report.append(ROW.formatted(period, start, end));
    return this;
  }

  private List<Shift> shifts() throws UnusableAnswer {
    Roster roster =
        Roster.of(
            List.of(
                new Player(0, 11, Side.HOME, 4, "Four", "C"),
                new Player(0, 12, Side.HOME, 44, "Forty-four", "D"),
                new Player(0, 21, Side.AWAY, 9, "Nine", "C")));
    ApiAnswer response =
        Answers.response(Endpoint.SHIFTS_HTML_HOME.label(), report.toString().getBytes(UTF_8));
    Shifts shifts = new Shifts(GameReader.MOST_PERIODS);
    TimeOnIceReport.read(response, Side.HOME, roster, shifts);
    return shifts.all();
  }

  @Test
  void periodsAndOvertimes() throws UnusableAnswer {
    player("4 FOUR, A");
    for (String period : List.of("1", "3", "OT", "2OT", "5", "xOT", "x", "", "21")) {
      row(period, "0:00 / 20:00", "0:10 / 19:50");
    }
    assertThat(shifts()).extracting(Shift::period).containsExactly(1, 3, 4, 5, 5);
  }

  @Test
  void playersByTheSweaterOfTheirTeam() throws UnusableAnswer {
    player("4 FOUR, A").row("1", "0:00 / 20:00", "0:10 / 19:50");
    player("44 FORTY-FOUR, B").row("1", "1:00 / 19:00", "1:10 / 18:50");
    player("9 NINE, OF THE OTHERS").row("1", "2:00 / 18:00", "2:10 / 17:50");
    player("UNKNOWN").row("1", "3:00 / 17:00", "3:10 / 16:50");
    player("4444 NOBODY").row("1", "4:00 / 16:00", "4:10 / 15:50");
    assertThat(shifts()).containsExactly(new Shift(0, 1, 0, 10), new Shift(1, 1, 60, 70));
  }

  @Test
  void timesAreThoseElapsed() throws UnusableAnswer {
    player("4 FOUR, A").row("1", "2:02 / 17:58", "12:03 / 7:57");
    row("2", "2:02", "2:10"); // totals have no slash
    row("2", "/ 17:58", "2:10 / 17:50");
    assertThat(shifts()).containsExactly(new Shift(0, 1, 122, 723));
  }
}
