package io.landfall.sandbox.season;

import com.fasterxml.jackson.core.JsonGenerator;
import io.landfall.sandbox.season.BoxScore.Line;
import java.io.IOException;
import java.util.List;

/** {@code /v1/gamecenter/ID/boxscore}. */
final class BoxScoreJson {

  private static final int EXPECTED_BYTES = 20_000;
  private static final List<String> STRENGTHS = List.of("evenStrength", "powerPlay", "shorthanded");

  private final GeneratedGame game;
  private final Progress progress;
  private final BoxScore score;
  private final boolean old;

  BoxScoreJson(GeneratedGame game, Progress progress) {
    this.game = game;
    this.progress = progress;
    this.score = new BoxScore(game);
    this.old = game.cases().contains(EdgeCase.OLD_GENERATION);
  }

  byte[] bytes() {
    return Json.bytes(EXPECTED_BYTES, this::write);
  }

  private void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    new GameHeader(game, progress).write(out, false);
    if (progress.state().started()) {
      if (old) {
        out.writeObjectFieldStart("boxscore");
      }
      out.writeObjectFieldStart("playerByGameStats");
      team(out, Side.AWAY);
      team(out, Side.HOME);
      out.writeEndObject();
      if (old) {
        out.writeEndObject();
      }
    }
    out.writeNumberField("regPeriods", 3);
    out.writeEndObject();
  }

  private void team(JsonGenerator out, Side side) throws IOException {
    int forwards = game.forwards(side);
    out.writeObjectFieldStart(side.field);
    out.writeArrayFieldStart("forwards");
    for (int place = 0; place < forwards; place++) {
      skater(out, side.player(place));
    }
    out.writeEndArray();
    out.writeArrayFieldStart("defense");
    for (int place = forwards; place < Lineup.STARTER; place++) {
      skater(out, side.player(place));
    }
    out.writeEndArray();
    out.writeArrayFieldStart("goalies");
    goalie(out, side.player(Lineup.STARTER), true);
    goalie(out, side.player(Lineup.BACKUP), false);
    out.writeEndArray();
    out.writeEndObject();
  }

  private void person(JsonGenerator out, int player) throws IOException {
    Person person = game.players().get(player);
    out.writeNumberField("playerId", person.playerId());
    out.writeNumberField("sweaterNumber", person.sweater());
    if (old) {
      out.writeStringField("name", person.shortName());
    } else {
      Json.localised(out, "name", person.shortName());
    }
    out.writeStringField("position", String.valueOf(person.position()));
  }

  private int count(int player, Metric metric) {
    return game.tally().count(player, metric);
  }

  private void skater(JsonGenerator out, int player) throws IOException {
    Line line = score.line(player);
    out.writeStartObject();
    person(out, player);
    int goals = count(player, Metric.GOALS);
    int assists = count(player, Metric.PRIMARY_ASSISTS) + count(player, Metric.SECONDARY_ASSISTS);
    out.writeNumberField("goals", goals);
    out.writeNumberField("assists", assists);
    out.writeNumberField("points", goals + assists);
    out.writeNumberField("plusMinus", line.plusMinus);
    out.writeNumberField("pim", count(player, Metric.PENALTY_MINUTES));
    out.writeNumberField("hits", count(player, Metric.HITS));
    out.writeNumberField("powerPlayGoals", line.powerPlayGoals);
    out.writeNumberField(old ? "shots" : "sog", count(player, Metric.SHOTS_ON_GOAL));
    int won = count(player, Metric.FACEOFFS_WON);
    int faceoffs = won + count(player, Metric.FACEOFFS_LOST);
    if (old) {
      out.writeStringField("faceoffs", won + "/" + faceoffs);
    }
    double share = faceoffs == 0 ? 0 : (double) won / faceoffs;
    out.writeNumberField("faceoffWinningPctg", Math.round(share * 1e6) / 1e6);
    out.writeStringField("toi", Json.clock(line.seconds));
    out.writeNumberField("blockedShots", count(player, Metric.SHOTS_BLOCKED));
    if (!old) {
      out.writeNumberField("shifts", line.shifts);
      out.writeNumberField("giveaways", count(player, Metric.GIVEAWAYS));
      out.writeNumberField("takeaways", count(player, Metric.TAKEAWAYS));
    }
    out.writeEndObject();
  }

  private void goalie(JsonGenerator out, int player, boolean starter) throws IOException {
    Line line = score.line(player);
    int shots = 0;
    int goals = 0;
    out.writeStartObject();
    person(out, player);
    for (int i = 0; i < STRENGTHS.size(); i++) {
      int saved = line.shotsAgainst[i] - line.goalsAgainst[i];
      out.writeStringField(STRENGTHS.get(i) + "ShotsAgainst", saved + "/" + line.shotsAgainst[i]);
      shots += line.shotsAgainst[i];
      goals += line.goalsAgainst[i];
    }
    out.writeStringField("saveShotsAgainst", (shots - goals) + "/" + shots);
    savePercentage(out, shots, goals);
    for (int i = 0; i < STRENGTHS.size(); i++) {
      out.writeNumberField(STRENGTHS.get(i) + "GoalsAgainst", line.goalsAgainst[i]);
    }
    out.writeNumberField("pim", count(player, Metric.PENALTY_MINUTES));
    out.writeNumberField("goalsAgainst", goals);
    out.writeStringField("toi", Json.clock(line.seconds));
    if (!old) {
      out.writeBooleanField("starter", starter);
      decision(out, player, starter);
      out.writeNumberField("shotsAgainst", shots);
      out.writeNumberField("saves", shots - goals);
    }
    out.writeEndObject();
  }

  private void savePercentage(JsonGenerator out, int shots, int goals) throws IOException {
    if (shots == 0) {
      return;
    }
    double saved = (double) (shots - goals) / shots;
    if (old) {
      out.writeStringField("savePctg", "%.3f".formatted(saved));
    } else {
      out.writeNumberField("savePctg", Math.round(saved * 1e6) / 1e6);
    }
  }

  private void decision(JsonGenerator out, int player, boolean starter) throws IOException {
    if (!starter || !progress.state().finished()) {
      return;
    }
    Side side = Side.of(player);
    boolean won = game.score(side) > game.score(side.other());
    boolean late = game.lastPeriod() > 3 && !game.fixture().playoffs();
    out.writeStringField("decision", won ? "W" : late ? "O" : "L");
  }
}
