package io.landfall.producer.nhl.stats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.schemas.ItemAnswers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The HTML reports of game 2024020500 as the source of shifts. Its play-by-play and box score are
 * not among the recordings; roster and official times come from the third report of that game, the
 * event summary.
 */
class TimeOnIceReportTest {

  private static final int GAME = 2024020500;

  /** Sorokin played two periods, Hogberg one, Kochetkov all three; their lines show no time. */
  private static final Map<Integer, Integer> GOALIE_SECONDS =
      Map.of(1030, 2400, 1050, 1200, 2052, 3600);

  /** A line of the event summary; times in seconds. */
  private record Line(
      int id, Side side, int sweater, String position, int seconds, int shifts, int pp, int sh) {}

  @BeforeAll
  static void recordings() {
    Recordings.needed();
  }

  @Test
  void theReportsStandInForAnEmptyChart() {
    ItemAnswers responses = responses(lines());
    assertThat(Completeness.missing(responses)).isEmpty();
    List<GenericRecord> rows = Answers.rows(responses);
    assertThat(rows).hasSize(180);
    assertThat(rows).allMatch(row -> row.get("_coverage").equals("plays+boxscore+shifts-html"));
  }

  @Test
  void secondsAndShiftsAreTheEventSummarys() {
    Map<String, GenericRecord> rows = rows("all");
    List<Line> skaters = lines().stream().filter(line -> !line.position().equals("G")).toList();
    assertThat(skaters).hasSize(36);
    for (Line line : skaters) {
      GenericRecord row = rows.get(Integer.toString(line.id()));
      assertThat(row).isNotNull();
      assertThat(row.get("icetime")).as("%s", line).isEqualTo((double) line.seconds());
      assertThat(row.get("shifts")).as("%s", line).isEqualTo(line.shifts());
    }
    AccuracyReport.add(
        "Time on ice and shifts of the HTML reports = event summary",
        "cells",
        2 * skaters.size(),
        0);
  }

  /** An independent proof of strength by the second: the league's own power-play times. */
  @Test
  void secondsOfEachStrengthAreTheLeagues() {
    Map<String, GenericRecord> powerPlay = rows("5on4");
    Map<String, GenericRecord> shortHanded = rows("4on5");
    List<String> different = new ArrayList<>();
    for (Line line : lines()) {
      if (!line.position().equals("G")) {
        String id = Integer.toString(line.id());
        compare(different, line, "5on4", requireNonNull(powerPlay.get(id)), line.pp());
        compare(different, line, "4on5", requireNonNull(shortHanded.get(id)), line.sh());
      }
    }
    AccuracyReport.add(
        "5on4 and 4on5 seconds = power-play and short-handed time of the event summary",
        "cells",
        72,
        different.size());
    assertThat(different).isEmpty();
  }

  private static void compare(
      List<String> different, Line line, String situation, GenericRecord row, int official) {
    if (!row.get("icetime").equals((double) official)) {
      different.add("%s %s: %s".formatted(line, situation, row.get("icetime")));
    }
  }

  @Test
  void reportsThatDisagreeWithTheBoxScoreAreNotUsed() {
    List<Line> lines = new ArrayList<>(lines());
    Line first = lines.get(0);
    lines.set(
        0,
        new Line(
            first.id(),
            first.side(),
            first.sweater(),
            first.position(),
            first.seconds() + 3,
            first.shifts(),
            first.pp(),
            first.sh()));
    ItemAnswers responses = responses(lines);
    assertThat(Completeness.missing(responses))
        .containsExactly(
            Map.entry(
                "shiftcharts",
                "empty; HTML reports: seconds disagree with the box score's time on ice for 1"
                    + " skaters and 0 goalies"));
    assertThat(Answers.rows(responses)).allMatch(row -> row.get("corsiFor") == null);
  }

  private static Map<String, GenericRecord> rows(String situation) {
    Map<String, GenericRecord> rows = new LinkedHashMap<>();
    for (GenericRecord row : Answers.rows(responses(lines()))) {
      if (row.get("situation").equals(situation)) {
        rows.put((String) row.get("playerId"), row);
      }
    }
    return rows;
  }

  private static ItemAnswers responses(List<Line> lines) {
    Map<String, byte[]> bodies = new LinkedHashMap<>();
    bodies.put(Endpoint.PLAY_BY_PLAY.label(), plays(lines).toString().getBytes(UTF_8));
    bodies.put(Endpoint.BOX_SCORE.label(), boxScore(lines).toString().getBytes(UTF_8));
    bodies.put(Endpoint.SHIFT_CHART.label(), "{\"data\":[],\"total\":0}".getBytes(UTF_8));
    bodies.put(Endpoint.SHIFTS_HTML_HOME.label(), report("TH"));
    bodies.put(Endpoint.SHIFTS_HTML_AWAY.label(), report("TV"));
    return Answers.of(GAME, bodies);
  }

  private static byte[] report(String kind) {
    return Recordings.read(
        Recordings.root().resolve("htmlreports/20242025/" + kind + "020500.HTM.gz"));
  }

  private static ObjectNode plays(List<Line> lines) {
    ObjectNode answer = Recordings.JSON.createObjectNode();
    answer.put("id", GAME).put("season", 20242025).put("gameState", "OFF");
    answer.putObject("awayTeam").put("id", 2).put("abbrev", "NYI");
    answer.putObject("homeTeam").put("id", 12).put("abbrev", "CAR");
    ArrayNode roster = answer.putArray("rosterSpots");
    for (Line line : lines) {
      roster
          .addObject()
          .put("playerId", line.id())
          .put("teamId", line.side() == Side.HOME ? 12 : 2)
          .put("sweaterNumber", line.sweater())
          .put("positionCode", line.position());
    }
    answer.putObject("periodDescriptor").put("number", 3).put("periodType", "REG");
    ArrayNode plays = answer.putArray("plays");
    for (int typeCode : List.of(502, 503, 504, 506, 507, 508, 525)) {
      ObjectNode play = plays.addObject();
      play.put("typeCode", typeCode).put("timeInPeriod", "00:00").put("situationCode", "1551");
      play.putObject("periodDescriptor").put("number", 3).put("periodType", "REG");
    }
    return answer;
  }

  private static ObjectNode boxScore(List<Line> lines) {
    ObjectNode answer = Recordings.JSON.createObjectNode().put("id", GAME).put("gameState", "OFF");
    ObjectNode teams = answer.putObject("playerByGameStats");
    teams.putObject("awayTeam").putArray("forwards");
    teams.putObject("homeTeam").putArray("forwards");
    for (Line line : lines) {
      String team = line.side() == Side.HOME ? "homeTeam" : "awayTeam";
      ((ArrayNode) teams.get(team).get("forwards"))
          .addObject()
          .put("playerId", line.id())
          .put("toi", "%02d:%02d".formatted(line.seconds() / 60, line.seconds() % 60));
    }
    return answer;
  }

  /** The event summary's lines: first the visitors', then the home team's. */
  private static List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    Side side = Side.AWAY;
    for (Element row : Jsoup.parse(new String(report("ES"), UTF_8)).getElementsByTag("tr")) {
      if (row.children().hasClass("homesectionheading")) {
        side = Side.HOME;
      }
      List<String> cells = row.children().eachText();
      if (row.children().size() == 25 && cells.get(0).matches("\\d+")) {
        int number = Integer.parseInt(cells.get(0));
        List<Element> all = row.children();
        int id = (side == Side.HOME ? 2000 : 1000) + number;
        int skated = Math.max(0, Clock.seconds(all.get(9).text()));
        lines.add(
            new Line(
                id,
                side,
                number,
                all.get(1).text(),
                GOALIE_SECONDS.getOrDefault(id, skated),
                all.get(10).text().matches("\\d+") ? Integer.parseInt(all.get(10).text()) : 0,
                Math.max(0, Clock.seconds(all.get(12).text())),
                Math.max(0, Clock.seconds(all.get(13).text()))));
      }
    }
    return lines;
  }
}
