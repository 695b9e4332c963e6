package io.landfall.producer.nhl.stats;

import io.landfall.schemas.Item;
import io.landfall.schemas.ItemAnswers;
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

  /** Why an endpoint is missing whose answer is not there. */
  private static final String NOT_FETCHED = "not fetched";

  private final int gameId;
  private final Map<Endpoint, ParsedAnswer> answers;
  private final Map<String, String> missing = new LinkedHashMap<>();
  private final Optional<Facts> facts;

  private Evidence(int gameId, Map<Endpoint, ParsedAnswer> answers) throws UnusableAnswer {
    this.gameId = gameId;
    this.answers = answers;
    this.facts = Optional.ofNullable(game()).map(this::facts);
    for (Endpoint endpoint : Endpoint.REQUIRED) {
      if (!answers.containsKey(endpoint)) {
        missing.putIfAbsent(endpoint.label(), NOT_FETCHED);
      }
    }
  }

  /**
   * Weighs the answers.
   *
   * @throws UnusableAnswer if the play-by-play can never be used; a box score or a shift chart that
   *     cannot be is missing, and takes nothing away from the rest
   */
  static Evidence of(Item game, Map<Endpoint, ParsedAnswer> answers) throws UnusableAnswer {
    return new Evidence(NhlItem.gameId(game), answers);
  }

  /** The same of answers that nobody has read yet. */
  static Evidence of(ItemAnswers answers) throws UnusableAnswer {
    return of(answers.getItem(), ParsedAnswer.byEndpoint(answers));
  }

  /** The facts, empty while the play-by-play is missing or the game has not ended. */
  Optional<Facts> facts() {
    return facts;
  }

  /** The endpoints that a complete game lacks, and why; empty when it is complete. */
  Map<String, String> missing() {
    return missing;
  }

  /** How much they say: counts, and 1 for each check that they passed. */
  Map<String, Integer> quality() {
    Map<String, Integer> quality = new LinkedHashMap<>();
    if (facts.isPresent()) {
      Facts known = facts.get();
      quality.put("plays", known.game().plays().size());
      quality.put("player lines", known.boxScore() == null ? 0 : known.boxScore().size());
      quality.put("shifts", known.iceTime() == null ? 0 : known.iceTime().size());
      quality.put("plays agree with box score", agrees(Endpoint.BOX_SCORE));
      quality.put("ice time agrees", known.iceTime() == null ? 0 : 1);
    }
    return quality;
  }

  private int agrees(Endpoint endpoint) {
    return missing.containsKey(endpoint.label()) ? 0 : 1;
  }

  private @Nullable Game game() throws UnusableAnswer {
    ParsedAnswer answer = answers.get(Endpoint.PLAY_BY_PLAY);
    if (answer == null) {
      missing.put(Endpoint.PLAY_BY_PLAY.label(), NOT_FETCHED);
      return null;
    }
    GameReader.Reading reading = GameReader.read(answer.playByPlay(), gameId);
    if (reading.waiting() != null) {
      missing.put(Endpoint.PLAY_BY_PLAY.label(), reading.waiting());
    }
    return reading.game();
  }

  private Facts facts(Game game) {
    BoxScore boxScore = boxScore(game);
    CheckedIceTime shifts = CheckedIceTime.of(answers, game, boxScore);
    if (shifts.missing() != null) {
      missing.put(Endpoint.SHIFT_CHART.label(), shifts.missing());
    }
    Counting counting = Counting.of(game, shifts.iceTime());
    if (boxScore != null) {
      BoxScoreCheck.disagreement(boxScore, game.roster(), counting)
          .ifPresent(how -> missing.put(Endpoint.BOX_SCORE.label(), how));
    }
    return new Facts(game, boxScore, shifts, counting);
  }

  private @Nullable BoxScore boxScore(Game game) {
    ParsedAnswer answer = answers.get(Endpoint.BOX_SCORE);
    if (answer == null) {
      missing.put(Endpoint.BOX_SCORE.label(), NOT_FETCHED);
      return null;
    }
    try {
      BoxScore.Reading reading = BoxScore.read(answer.boxScore(), game);
      if (reading.missing() != null) {
        missing.put(Endpoint.BOX_SCORE.label(), reading.missing());
      }
      return reading.boxScore();
    } catch (UnusableAnswer e) {
      missing.put(Endpoint.BOX_SCORE.label(), String.valueOf(e.getMessage()));
      return null;
    }
  }
}
