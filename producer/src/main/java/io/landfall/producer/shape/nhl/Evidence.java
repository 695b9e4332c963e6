package io.landfall.producer.shape.nhl;

import io.landfall.schemas.ApiResponse;
import io.landfall.schemas.GameResponses;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the answers for one game come to: its parts, each only if it is whole and passed its check,
 * and for each endpoint that a complete game lacks, why.
 */
final class Evidence {

  /** An ended game, its box score and ice time where they hold, and the counts of its plays. */
  record Facts(Game game, @Nullable BoxScore boxScore, CheckedIceTime shifts, Counting counting) {

    @Nullable IceTime iceTime() {
      return shifts.iceTime();
    }

    /** What the rows are derived from, as in {@code _coverage}. */
    String coverage() {
      return "plays"
          + (boxScore == null ? "" : "+boxscore")
          + (iceTime() == null ? "" : "+" + shifts.source());
    }
  }

  private final int gameId;
  private final Map<String, ApiResponse> answers = new HashMap<>();
  private final Map<String, String> missing = new LinkedHashMap<>();
  private final Optional<Facts> facts;

  private Evidence(GameResponses responses) throws UnusableAnswer {
    this.gameId = responses.getGameId();
    for (ApiResponse response : responses.getResponses()) {
      answers.putIfAbsent(response.getEndpoint(), response);
    }
    this.facts = Optional.ofNullable(game()).map(this::facts);
    for (String endpoint : Endpoints.REQUIRED) {
      if (!answers.containsKey(endpoint)) {
        missing.putIfAbsent(endpoint, Endpoints.NOT_FETCHED);
      }
    }
  }

  /**
   * Weighs the answers.
   *
   * @throws UnusableAnswer if the play-by-play can never be used; a box score or a shift chart that
   *     cannot be is missing, and takes nothing away from the rest
   */
  static Evidence of(GameResponses responses) throws UnusableAnswer {
    return new Evidence(responses);
  }

  /** The facts, empty while the play-by-play is missing or the game has not ended. */
  Optional<Facts> facts() {
    return facts;
  }

  /** The endpoints that a complete game lacks, and why; empty when it is complete. */
  Map<String, String> missing() {
    return missing;
  }

  private @Nullable Game game() throws UnusableAnswer {
    ApiResponse response = answers.get(Endpoints.PLAY_BY_PLAY);
    if (response == null) {
      missing.put(Endpoints.PLAY_BY_PLAY, Endpoints.NOT_FETCHED);
      return null;
    }
    GameReader.Reading reading = GameReader.read(response, gameId);
    if (reading.waiting() != null) {
      missing.put(Endpoints.PLAY_BY_PLAY, reading.waiting());
    }
    return reading.game();
  }

  private Facts facts(Game game) {
    BoxScore boxScore = boxScore(game);
    CheckedIceTime shifts = CheckedIceTime.of(answers, game, boxScore);
    if (shifts.missing() != null) {
      missing.put(Endpoints.SHIFT_CHART, shifts.missing());
    }
    Counting counting = Counting.of(game, shifts.iceTime());
    if (boxScore != null) {
      BoxScoreCheck.disagreement(boxScore, game.roster(), counting)
          .ifPresent(how -> missing.put(Endpoints.BOX_SCORE, how));
    }
    return new Facts(game, boxScore, shifts, counting);
  }

  private @Nullable BoxScore boxScore(Game game) {
    ApiResponse response = answers.get(Endpoints.BOX_SCORE);
    if (response == null) {
      missing.put(Endpoints.BOX_SCORE, Endpoints.NOT_FETCHED);
      return null;
    }
    try {
      BoxScore.Reading reading = BoxScore.read(response, game);
      if (reading.missing() != null) {
        missing.put(Endpoints.BOX_SCORE, reading.missing());
      }
      return reading.boxScore();
    } catch (UnusableAnswer e) {
      missing.put(Endpoints.BOX_SCORE, String.valueOf(e.getMessage()));
      return null;
    }
  }
}
