package io.landfall.sandbox.season;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** The API's answers for a generated game, as bytes of JSON. */
public final class GameJson {

  private GameJson() {}

  public static byte[] playByPlay(GameSnapshot snapshot) {
    return new PlayByPlayJson(snapshot.game(), snapshot.progress()).bytes();
  }

  public static byte[] boxScore(GameSnapshot snapshot) {
    return new BoxScoreJson(snapshot.game(), snapshot.progress()).bytes();
  }

  public static byte[] shiftChart(GeneratedGame game) {
    return new ShiftChartJson(game).bytes();
  }

  /** An answer of the shift chart's shape, without rows. */
  public static byte[] noShiftChart() {
    return ShiftChartJson.NONE.clone();
  }

  /** The game's entry in a week schedule. */
  public static byte[] scheduleEntry(GameSnapshot snapshot) {
    GeneratedGame game = snapshot.game();
    Progress progress = snapshot.progress();
    Fixture fixture = game.fixture();
    return Json.bytes(
        2_000,
        out -> {
          out.writeStartObject();
          HeaderJson.identity(out, fixture);
          Json.localised(out, "venue", fixture.home().venue());
          out.writeBooleanField("neutralSite", false);
          HeaderJson.times(out, fixture);
          out.writeStringField("venueTimezone", fixture.home().zone());
          out.writeStringField("gameState", progress.state().name());
          out.writeStringField("gameScheduleState", progress.scheduleState());
          team(out, game, progress, Side.AWAY);
          team(out, game, progress, Side.HOME);
          if (progress.state().started()) {
            int period = Math.min(progress.period(), game.lastPeriod());
            HeaderJson.period(out, period, game.periodType(period));
          }
          if (progress.state().finished()) {
            HeaderJson.outcome(out, game);
          }
          out.writeEndObject();
        });
  }

  private static void team(JsonGenerator out, GeneratedGame game, Progress progress, Side side)
      throws IOException {
    Fixture fixture = game.fixture();
    out.writeObjectFieldStart(side.field);
    HeaderJson.team(out, fixture.team(side));
    out.writeBooleanField(side == Side.HOME ? "homeSplitSquad" : "awaySplitSquad", false);
    if (progress.state().started()) {
      out.writeNumberField("score", game.score(side));
    }
    out.writeEndObject();
  }
}
