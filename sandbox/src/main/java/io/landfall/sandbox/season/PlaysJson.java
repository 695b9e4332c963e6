package io.landfall.sandbox.season;

import com.fasterxml.jackson.core.JsonGenerator;
import io.landfall.sandbox.season.Event.Attempt;
import io.landfall.sandbox.season.Event.DelayedPenalty;
import io.landfall.sandbox.season.Event.Faceoff;
import io.landfall.sandbox.season.Event.Giveaway;
import io.landfall.sandbox.season.Event.Hit;
import io.landfall.sandbox.season.Event.Mark;
import io.landfall.sandbox.season.Event.Penalty;
import io.landfall.sandbox.season.Event.Result;
import io.landfall.sandbox.season.Event.Spot;
import io.landfall.sandbox.season.Event.Stoppage;
import io.landfall.sandbox.season.Event.Takeaway;
import java.io.IOException;

/** The plays of a play-by-play. Scores, shot counts and sortOrder are running: counted here. */
final class PlaysJson {

  private static final int FIRST_SORT_ORDER = 8;

  private final GeneratedGame game;
  private final boolean old;
  private final boolean playoffs;
  private final int[] score = new int[2];
  private final int[] shots = new int[2];
  private int sortOrder = FIRST_SORT_ORDER;

  PlaysJson(GeneratedGame game, boolean old) {
    this.game = game;
    this.old = old;
    this.playoffs = game.fixture().playoffs();
  }

  void write(JsonGenerator out) throws IOException {
    for (Play play : game.plays()) {
      out.writeStartObject();
      play(out, play);
      out.writeEndObject();
    }
  }

  private void play(JsonGenerator out, Play play) throws IOException {
    Moment at = play.moment();
    String periodType = game.periodType(at.period());
    out.writeNumberField("eventId", play.eventId());
    if (old) {
      out.writeNumberField("period", at.period());
    }
    HeaderJson.period(out, at.period(), periodType);
    out.writeStringField("timeInPeriod", Json.clock(at.second()));
    out.writeStringField(
        "timeRemaining", Json.clock(length(at.period(), periodType) - at.second()));
    out.writeStringField("situationCode", at.strength().code());
    boolean left = Rink.homeDefendsLeft(game.homeStartsLeft(), at.period());
    out.writeStringField("homeTeamDefendingSide", left ? "left" : "right");
    sortOrder += 1 + play.eventId() % 4;
    kind(out, play.event());
    out.writeNumberField("sortOrder", sortOrder);
    if (!(play.event() instanceof Mark)) {
      out.writeObjectFieldStart("details");
      details(out, at, play.event());
      out.writeEndObject();
    }
  }

  private int length(int period, String periodType) {
    if (periodType.equals("SO")) {
      return 0;
    }
    return period > 3 && !playoffs ? 300 : 1200;
  }

  private static void kind(JsonGenerator out, Event event) throws IOException {
    if (event instanceof Mark mark) {
      kind(out, mark.typeCode, mark.key);
    } else if (event instanceof Attempt attempt) {
      switch (attempt.result()) {
        case GOAL -> kind(out, 505, "goal");
        case SAVED -> kind(out, 506, "shot-on-goal");
        case MISSED -> kind(out, 507, "missed-shot");
        case BLOCKED, BLOCKED_BY_TEAMMATE -> kind(out, 508, "blocked-shot");
        case FAILED -> kind(out, 537, "failed-shot-attempt");
      }
    } else if (event instanceof Faceoff) {
      kind(out, 502, "faceoff");
    } else if (event instanceof Hit) {
      kind(out, 503, "hit");
    } else if (event instanceof Giveaway) {
      kind(out, 504, "giveaway");
    } else if (event instanceof Penalty) {
      kind(out, 509, "penalty");
    } else if (event instanceof Stoppage) {
      kind(out, 516, "stoppage");
    } else if (event instanceof Takeaway) {
      kind(out, 525, "takeaway");
    } else {
      kind(out, 535, "delayed-penalty");
    }
  }

  private static void kind(JsonGenerator out, int code, String key) throws IOException {
    out.writeNumberField("typeCode", code);
    out.writeStringField("typeDescKey", key);
  }

  private void details(JsonGenerator out, Moment at, Event event) throws IOException {
    if (event instanceof Attempt attempt) {
      attempt(out, at, attempt);
    } else if (event instanceof Faceoff faceoff) {
      owner(out, faceoff.winner());
      player(out, "losingPlayerId", faceoff.loser());
      player(out, "winningPlayerId", faceoff.winner());
      spot(out, at, Side.of(faceoff.winner()), faceoff.spot());
    } else if (event instanceof Hit hit) {
      spot(out, at, Side.of(hit.hitter()), hit.spot());
      owner(out, hit.hitter());
      player(out, "hittingPlayerId", hit.hitter());
      player(out, "hitteePlayerId", hit.hittee());
    } else if (event instanceof Giveaway giveaway) {
      possession(out, at, giveaway.player(), giveaway.spot(), giveaway.zoneFlipped());
    } else if (event instanceof Takeaway takeaway) {
      possession(out, at, takeaway.player(), takeaway.spot(), takeaway.zoneFlipped());
    } else if (event instanceof Penalty penalty) {
      penalty(out, at, penalty);
    } else if (event instanceof Stoppage stoppage) {
      out.writeStringField("reason", stoppage.reason());
      if (!stoppage.secondary().isEmpty()) {
        out.writeStringField("secondaryReason", stoppage.secondary());
      }
    } else if (event instanceof DelayedPenalty delayed) {
      team(out, delayed.side());
    }
  }

  private void possession(JsonGenerator out, Moment at, int player, Spot spot, boolean flipped)
      throws IOException {
    Side owner = Side.of(player);
    spot(out, at, flipped ? owner.other() : owner, spot);
    player(out, "playerId", player);
    owner(out, player);
  }

  private void penalty(JsonGenerator out, Moment at, Penalty penalty) throws IOException {
    spot(out, at, penalty.side(), penalty.spot());
    out.writeStringField("typeCode", penalty.code());
    out.writeStringField("descKey", penalty.offence());
    out.writeNumberField("duration", penalty.minutes());
    player(out, "committedByPlayerId", penalty.committedBy());
    player(out, "drawnByPlayerId", penalty.drawnBy());
    player(out, "servedByPlayerId", penalty.servedBy());
    team(out, penalty.side());
  }

  private void attempt(JsonGenerator out, Moment at, Attempt attempt) throws IOException {
    Side side = Side.of(attempt.shooter());
    boolean blocked =
        attempt.result() == Result.BLOCKED || attempt.result() == Result.BLOCKED_BY_TEAMMATE;
    spot(out, at, blocked ? side.other() : side, attempt.spot());
    if (blocked) {
      blocked(out, attempt, side);
      return;
    }
    if (!attempt.kind().isEmpty()) {
      out.writeStringField("shotType", attempt.kind());
    }
    if (!attempt.reason().isEmpty()) {
      out.writeStringField("reason", attempt.reason());
    }
    boolean goal = attempt.result() == Result.GOAL;
    player(out, goal ? "scoringPlayerId" : "shootingPlayerId", attempt.shooter());
    player(out, "assist1PlayerId", attempt.assist1());
    player(out, "assist2PlayerId", attempt.assist2());
    player(out, "goalieInNetId", attempt.goalie());
    owner(out, attempt.shooter());
    boolean counts = !game.periodType(at.period()).equals("SO");
    shots[side.index] += attempt.onGoal() && counts ? 1 : 0;
    score[side.index] += goal && counts ? 1 : 0;
    if (goal) {
      out.writeNumberField("awayScore", score[0]);
      out.writeNumberField("homeScore", score[1]);
    } else if (attempt.result() != Result.MISSED) {
      out.writeNumberField("awaySOG", shots[0]);
      out.writeNumberField("homeSOG", shots[1]);
    }
  }

  /** Until 2024 a blocked shot was the blocking team's, and no reason was told. */
  private void blocked(JsonGenerator out, Attempt attempt, Side side) throws IOException {
    player(out, "blockingPlayerId", attempt.blocker());
    player(out, "shootingPlayerId", attempt.shooter());
    team(out, old ? side.other() : side);
    if (!old) {
      boolean mate = attempt.result() == Result.BLOCKED_BY_TEAMMATE;
      out.writeStringField("reason", mate ? "teammate-blocked" : "blocked");
    }
  }

  private void spot(JsonGenerator out, Moment at, Side seenBy, Spot spot) throws IOException {
    out.writeNumberField("xCoord", spot.x());
    out.writeNumberField("yCoord", spot.y());
    char zone = Rink.zone(game.homeStartsLeft(), at.period(), seenBy, spot);
    out.writeStringField("zoneCode", String.valueOf(zone));
  }

  private void owner(JsonGenerator out, int player) throws IOException {
    team(out, Side.of(player));
  }

  private void team(JsonGenerator out, Side side) throws IOException {
    out.writeNumberField("eventOwnerTeamId", game.fixture().team(side).id());
  }

  private void player(JsonGenerator out, String field, int player) throws IOException {
    if (player != Event.NOBODY) {
      out.writeNumberField(field, game.players().get(player).playerId());
    }
  }
}
