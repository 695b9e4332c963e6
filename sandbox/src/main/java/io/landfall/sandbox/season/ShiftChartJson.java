package io.landfall.sandbox.season;

import com.fasterxml.jackson.core.JsonGenerator;
import io.landfall.sandbox.season.Event.Attempt;
import io.landfall.sandbox.season.Event.Result;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** {@code /stats/rest/en/shiftcharts}: a row for each shift and one for each goal. */
final class ShiftChartJson {

  static final byte[] NONE = Json.bytes(32, ShiftChartJson::none);

  private static final int EXPECTED_BYTES = 340_000;
  private static final int SOME_SHIFT = 100;
  private static final int ENOUGH_FOR_DEFECTS = 400;
  private static final int EARLIER = 20;
  private static final int DUPLICATES = 4;
  private static final int ABSENT_PLAYER = 4;
  private static final int SHIFT = 517;
  private static final int GOAL = 505;
  private static final String[] GOAL_NAMES = {"EVG", "PPG", "SHG"};

  private final GeneratedGame game;
  private long nextId;
  private int rows;

  ShiftChartJson(GeneratedGame game) {
    this.game = game;
    this.nextId = 10_000_000L + game.fixture().gameId() % 1_000_000 * 2_000L;
  }

  byte[] bytes() {
    return Json.bytes(EXPECTED_BYTES, this::write);
  }

  private static void none(JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeArrayFieldStart("data");
    out.writeEndArray();
    out.writeNumberField("total", 0);
    out.writeEndObject();
  }

  private void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeArrayFieldStart("data");
    int number = 0;
    int player = Event.NOBODY;
    int absent = has(EdgeCase.CHART_PLAYER_MISSING) ? ABSENT_PLAYER : Event.NOBODY;
    for (Shift shift : game.shifts()) {
      number = shift.player() == player ? number + 1 : 1;
      player = shift.player();
      if (player != absent) {
        shift(out, shift, number, Json.clock(shift.seconds()));
      }
    }
    defects(out);
    for (Play play : game.plays()) {
      if (play.event() instanceof Attempt attempt && attempt.result() == Result.GOAL) {
        goal(out, play, attempt);
      }
    }
    out.writeEndArray();
    out.writeNumberField("total", rows);
    out.writeEndObject();
  }

  /** Rows that a reader must see through; none of them is a shift of its own. */
  private void defects(JsonGenerator out) throws IOException {
    if (game.shifts().size() < ENOUGH_FOR_DEFECTS) {
      return;
    }
    Shift some = game.shifts().get(SOME_SHIFT);
    for (int i = SOME_SHIFT; some.start() < EARLIER; i++) {
      some = game.shifts().get(i);
    }
    if (has(EdgeCase.CHART_DUPLICATES)) {
      for (int i = 0; i < DUPLICATES; i++) {
        Shift again = game.shifts().get(SOME_SHIFT + i * 7);
        shift(out, again, 1, Json.clock(again.seconds()));
      }
    }
    if (has(EdgeCase.CHART_ZERO_LENGTH)) {
      shift(out, ending(some, some.start()), 0, Json.clock(0));
    }
    if (has(EdgeCase.CHART_NULL_DURATION)) {
      shift(out, ending(some, some.start()), 0, null);
    }
    if (has(EdgeCase.CHART_END_BEFORE_START)) {
      shift(out, ending(some, some.start() - EARLIER), 0, Json.clock(0));
    }
  }

  private static Shift ending(Shift shift, int end) {
    return new Shift(shift.player(), shift.period(), shift.start(), end);
  }

  private boolean has(EdgeCase edgeCase) {
    return game.cases().contains(edgeCase);
  }

  private void shift(JsonGenerator out, Shift shift, int number, @Nullable String duration)
      throws IOException {
    head(out, 0);
    if (duration == null) {
      out.writeNullField("duration");
    } else {
      out.writeStringField("duration", duration);
    }
    out.writeStringField("endTime", Json.clock(shift.end()));
    out.writeNullField("eventDescription");
    out.writeNullField("eventDetails");
    out.writeNumberField("eventNumber", 2_000 + rows);
    person(out, shift.player(), shift.period());
    out.writeNumberField("shiftNumber", number);
    out.writeStringField("startTime", Json.clock(shift.start()));
    team(out, shift.player(), SHIFT);
  }

  private void goal(JsonGenerator out, Play play, Attempt goal) throws IOException {
    Moment at = play.moment();
    head(out, 801 + (goal.assist1() >= 0 ? 1 : 0) + (goal.assist2() >= 0 ? 1 : 0));
    out.writeNullField("duration");
    out.writeStringField("endTime", Json.clock(at.second()));
    out.writeStringField("eventDescription", goalName(at, goal));
    if (goal.assist1() >= 0) {
      out.writeStringField("eventDetails", assists(goal));
    } else {
      out.writeNullField("eventDetails");
    }
    out.writeNumberField("eventNumber", play.eventId());
    person(out, goal.shooter(), at.period());
    out.writeNumberField("shiftNumber", 0);
    out.writeStringField("startTime", Json.clock(at.second()));
    team(out, goal.shooter(), GOAL);
  }

  private String goalName(Moment at, Attempt goal) {
    if (game.periodType(at.period()).equals("SO")) {
      return "Shootout";
    }
    return goal.goalie() < 0
        ? "EN"
        : GOAL_NAMES[BoxScore.strength(at.strength(), Side.of(goal.shooter()))];
  }

  private String assists(Attempt goal) {
    String first = game.players().get(goal.assist1()).fullName();
    return goal.assist2() < 0
        ? first
        : first + ", " + game.players().get(goal.assist2()).fullName();
  }

  private void head(JsonGenerator out, int detailCode) throws IOException {
    rows++;
    out.writeStartObject();
    out.writeNumberField("id", nextId++);
    out.writeNumberField("detailCode", detailCode);
  }

  private void person(JsonGenerator out, int player, int period) throws IOException {
    Person person = game.players().get(player);
    out.writeStringField("firstName", person.first().text());
    out.writeNumberField("gameId", game.fixture().gameId());
    out.writeStringField("hexValue", person.team().colour());
    out.writeStringField("lastName", person.last().text());
    out.writeNumberField("period", period);
    out.writeNumberField("playerId", person.playerId());
  }

  private void team(JsonGenerator out, int player, int typeCode) throws IOException {
    Team team = game.players().get(player).team();
    out.writeStringField("teamAbbrev", team.abbreviation());
    out.writeNumberField("teamId", team.id());
    out.writeStringField("teamName", team.fullName());
    out.writeNumberField("typeCode", typeCode);
    out.writeEndObject();
  }
}
