package io.landfall.sandbox.season;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** The fields before plays or player lines: the same in play-by-play and box score. */
final class GameHeader {

  private static final int PERIOD = 1200;
  private static final int OVERTIME = 300;

  private final GeneratedGame game;
  private final Fixture fixture;
  private final Progress progress;

  GameHeader(GeneratedGame game, Progress progress) {
    this.game = game;
    this.fixture = game.fixture();
    this.progress = progress;
  }

  void write(JsonGenerator out, boolean playByPlay) throws IOException {
    boolean old = game.cases().contains(EdgeCase.OLD_GENERATION);
    HeaderJson.identity(out, fixture);
    out.writeBooleanField("limitedScoring", false);
    out.writeStringField("gameDate", fixture.date().toString());
    if (old) {
      out.writeStringField("venue", fixture.home().venue());
      HeaderJson.times(out, fixture);
    } else {
      HeaderJson.place(out, fixture);
    }
    out.writeArrayFieldStart("tvBroadcasts");
    out.writeEndArray();
    out.writeStringField("gameState", progress.state().name());
    out.writeStringField("gameScheduleState", progress.scheduleState());
    boolean started = progress.state().started();
    if (started) {
      HeaderJson.period(out, period(), game.periodType(period()));
    }
    for (Side side : Side.values()) {
      out.writeObjectFieldStart(side.field);
      team(out, side, old);
      out.writeEndObject();
    }
    if (playByPlay) {
      out.writeBooleanField("shootoutInUse", !fixture.playoffs());
      out.writeBooleanField("otInUse", true);
    }
    clock(out);
    if (playByPlay) {
      out.writeNumberField("displayPeriod", started ? period() : 1);
    }
    if (progress.state().finished()) {
      HeaderJson.outcome(out, game);
    }
  }

  private int period() {
    return Math.min(progress.period(), game.lastPeriod());
  }

  private void team(JsonGenerator out, Side side, boolean old) throws IOException {
    Team team = fixture.team(side);
    if (old) {
      out.writeNumberField("id", team.id());
      out.writeStringField("name", team.name());
      out.writeStringField("abbrev", team.abbreviation());
    } else {
      HeaderJson.team(out, team);
    }
    boolean started = progress.state().started();
    out.writeNumberField("score", started ? game.score(side) : 0);
    if (started) {
      out.writeNumberField("sog", game.shotsOnGoal(side));
    }
  }

  private void clock(JsonGenerator out) throws IOException {
    if (!progress.state().started()) {
      HeaderJson.clock(out, PERIOD, false, false);
    } else if (progress.state().playing()) {
      int length = period() > 3 && !fixture.playoffs() ? OVERTIME : PERIOD;
      int left = Math.max(0, length - progress.second());
      boolean pause = progress.intermission();
      HeaderJson.clock(out, pause ? 0 : left, !pause, pause);
    } else {
      HeaderJson.clock(out, 0, false, false);
    }
  }
}
