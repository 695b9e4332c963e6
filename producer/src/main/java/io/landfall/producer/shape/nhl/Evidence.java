package io.landfall.producer.shape.nhl;

import io.landfall.schemas.ApiResponse;
import io.landfall.schemas.GameResponses;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the answers for one game come to: its parts, each only if it is whole and passed its check,
 * and for each endpoint that a complete game lacks, why.
 */
final class Evidence {

  /** An ended game, its box score and ice time where they hold, and the counts of its plays. */
  record Facts(
      Game game, @Nullable BoxScore boxScore, @Nullable IceTime iceTime, Counting counting) {

    /** What the rows are derived from, as in {@code _coverage}. */
    String coverage() {
      return "plays" + (boxScore == null ? "" : "+boxscore") + (iceTime == null ? "" : "+shifts");
    }
  }

  private static final String NOT_FETCHED = "not fetched";

  private final GameResponses responses;
  private final Map<String, String> missing = new LinkedHashMap<>();
  private final Optional<Facts> facts;

  private Evidence(GameResponses responses) throws UnusableAnswer {
    this.responses = responses;
    this.facts = Optional.ofNullable(game()).map(this::facts);
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
    ApiResponse response = answer(Endpoints.PLAY_BY_PLAY);
    if (response == null) {
      missing.put(Endpoints.PLAY_BY_PLAY, NOT_FETCHED);
      return null;
    }
    GameReader.Reading reading = GameReader.read(response, responses.getGameId());
    if (reading.waiting() != null) {
      missing.put(Endpoints.PLAY_BY_PLAY, reading.waiting());
    }
    return reading.game();
  }

  private Facts facts(Game game) {
    BoxScore boxScore = boxScore(game);
    IceTime iceTime = iceTime(game, boxScore);
    Counting counting = Counting.of(game, iceTime);
    if (boxScore != null) {
      BoxScoreCheck.disagreement(boxScore, game.roster(), counting)
          .ifPresent(how -> missing.put(Endpoints.BOX_SCORE, how));
    }
    return new Facts(game, boxScore, iceTime, counting);
  }

  private @Nullable BoxScore boxScore(Game game) {
    ApiResponse response = answer(Endpoints.BOX_SCORE);
    if (response == null) {
      missing.put(Endpoints.BOX_SCORE, NOT_FETCHED);
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

  private @Nullable IceTime iceTime(Game game, @Nullable BoxScore boxScore) {
    ApiResponse response = answer(Endpoints.SHIFT_CHART);
    if (response == null) {
      missing.put(Endpoints.SHIFT_CHART, NOT_FETCHED);
      return null;
    }
    try {
      List<Shift> shifts = ShiftChart.read(response, game.roster());
      if (shifts.isEmpty()) {
        missing.put(Endpoints.SHIFT_CHART, "empty");
        return null;
      }
      IceTime iceTime = IceTime.of(shifts, game.roster());
      Optional<String> disagreement =
          boxScore == null
              ? IceTimeCheck.disagreement(iceTime, game)
              : IceTimeCheck.disagreement(iceTime, game.roster(), boxScore);
      disagreement.ifPresent(how -> missing.put(Endpoints.SHIFT_CHART, how));
      return disagreement.isPresent() ? null : iceTime;
    } catch (UnusableAnswer e) {
      missing.put(Endpoints.SHIFT_CHART, String.valueOf(e.getMessage()));
      return null;
    }
  }

  private @Nullable ApiResponse answer(String endpoint) {
    for (ApiResponse response : responses.getResponses()) {
      if (response.getEndpoint().equals(endpoint)) {
        return response;
      }
    }
    return null;
  }
}
