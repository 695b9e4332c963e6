package io.landfall.producer.nhl.stats;

import io.landfall.schemas.Item;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.ItemState;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the answers for one game come to: its parts, each only if it is whole and passed its check,
 * and for each endpoint that a complete game lacks, why.
 */
final class Evidence {

  /**
   * A game, its box score and ice time where they hold, and what its plays count.
   *
   * @param live whether it was in progress when it was asked for: all of this may change
   */
  record Facts(
      Game game,
      @Nullable BoxScore boxScore,
      CheckedIceTime shifts,
      Counting counting,
      PlaysCheck check,
      boolean live) {

    @Nullable IceTime iceTime() {
      return shifts.iceTime();
    }

    /** What the plays tell whole. */
    Known known() {
      return check.known();
    }

    /** What the rows are derived from, as in {@code _coverage}; empty if from nothing. */
    String coverage() {
      String coverage =
          (known().anything() ? "+plays" : "")
              + (boxScore == null ? "" : "+boxscore")
              + (iceTime() == null ? "" : "+" + shifts.source());
      return coverage.isEmpty() ? "" : coverage.substring(1) + (live ? "+live" : "");
    }
  }

  /** Why an endpoint is missing whose answer is not there. */
  private static final String NOT_FETCHED = "not fetched";

  /** More than both teams have; of nonsense there may be thousands. */
  private static final int NAMED = 50;

  private final int gameId;
  private final boolean live;
  private final Map<Endpoint, ParsedAnswer> answers;
  private final Map<Endpoint, Gap> missing = new EnumMap<>(Endpoint.class);
  private final @Nullable List<OfficialLine> official;
  private final Optional<Facts> facts;

  private Evidence(int gameId, boolean live, Map<Endpoint, ParsedAnswer> answers)
      throws UnusableAnswer {
    this.gameId = gameId;
    this.live = live;
    this.answers = answers;
    this.official = official();
    this.facts = Optional.ofNullable(game()).map(this::facts);
    if (facts.isEmpty() && !answers.containsKey(Endpoint.SHIFT_CHART)) {
      add(Endpoint.SHIFT_CHART, new Gap(NOT_FETCHED, false));
    }
    answers.forEach(
        (endpoint, answer) ->
            answer.leftOut().ifPresent(what -> add(endpoint, new Gap(what, true))));
  }

  /**
   * Weighs the answers. A game that has not ended counts where it was asked for as one in progress.
   *
   * @throws UnusableAnswer if the play-by-play can never be used; a box score or a shift chart that
   *     cannot be is missing, and takes nothing away from the rest
   */
  static Evidence of(Item game, Map<Endpoint, ParsedAnswer> answers) throws UnusableAnswer {
    return new Evidence(NhlItem.gameId(game), game.getState() == ItemState.IN_PROGRESS, answers);
  }

  /** The same of answers that nobody has read yet. */
  static Evidence of(ItemAnswers answers) throws UnusableAnswer {
    return of(answers.getItem(), ParsedAnswer.byEndpoint(answers));
  }

  /** The facts, empty while the play-by-play is missing or cannot be used yet. */
  Optional<Facts> facts() {
    return facts;
  }

  /** The endpoints that a complete game lacks, and why; empty when it is complete. */
  Map<Endpoint, Gap> missing() {
    return Collections.unmodifiableMap(missing);
  }

  /** How much the answers say. */
  Quality quality() {
    ParsedAnswer home = answers.get(Endpoint.SHIFTS_HTML_HOME);
    ParsedAnswer away = answers.get(Endpoint.SHIFTS_HTML_AWAY);
    Facts found = facts.orElse(null);
    if (found == null) {
      return Quality.NOTHING;
    }
    BoxScore boxScore = found.boxScore();
    int reportShifts =
        home == null || away == null
            ? 0
            : CheckedIceTime.reports(home, away, found.game()).all().size();
    int chartShifts = found.shifts().chartShifts();
    boolean shiftsMade = boxScore != null && chartShifts + reportShifts > 0;
    return new Quality(
        found.game().plays().size(),
        chartShifts,
        reportShifts,
        official == null ? 0 : official.size(),
        Quality.Check.of(found.check().isMade(), found.check().agreesWithHeader()),
        Quality.Check.of(boxScore != null, agreesWithBoxScore(found)),
        Quality.Check.of(shiftsMade, found.iceTime() != null));
  }

  /**
   * How much the answers for a game in progress say: it grows with the game. Of two answers that
   * were made a moment apart one is always behind, so that only what refutes the plays counts.
   */
  Map<String, Integer> progress() {
    Facts found = facts.orElse(null);
    return found == null
        ? Map.of()
        : Map.of(
            "plays", found.game().plays().size(),
            "player lines", official == null ? 0 : official.size(),
            "plays hold", found.known().anything() ? 1 : 0);
  }

  private static boolean agreesWithBoxScore(Facts facts) {
    return facts.boxScore() != null
        && facts.check().known().anything()
        && disagreement(facts.boxScore(), facts).isEmpty();
  }

  private static Optional<Gap> disagreement(BoxScore boxScore, Facts facts) {
    return BoxScoreCheck.disagreement(
        boxScore, facts.game().roster(), facts.counting(), facts.check().untold());
  }

  private void add(Endpoint endpoint, Gap gap) {
    missing.merge(endpoint, gap, Gap::and);
  }

  private @Nullable Game game() throws UnusableAnswer {
    ParsedAnswer answer = answers.get(Endpoint.PLAY_BY_PLAY);
    if (answer == null) {
      add(Endpoint.PLAY_BY_PLAY, new Gap(NOT_FETCHED, false));
      return null;
    }
    GameReader.Reading reading =
        GameReader.read(answer.playByPlay(), gameId, live, official == null ? List.of() : official);
    if (reading.waiting() != null) {
      add(Endpoint.PLAY_BY_PLAY, new Gap(reading.waiting(), false));
    }
    reading.remarks().forEach(remark -> add(Endpoint.PLAY_BY_PLAY, new Gap(remark, true)));
    return reading.game();
  }

  private Facts facts(Game told) {
    BoxScore boxScore = official == null ? null : BoxScore.of(official, told.roster());
    CheckedIceTime shifts = CheckedIceTime.of(answers, told, boxScore);
    Game game = Strengths.of(told, shifts.iceTime());
    Counting counting = Counting.of(game, shifts.iceTime());
    PlaysCheck check = new PlaysCheck(game, boxScore, counting);
    Facts found = new Facts(game, boxScore, shifts, counting, check, live);
    check.gaps().forEach(gap -> add(Endpoint.PLAY_BY_PLAY, gap));
    if (boxScore != null) {
      disagreement(boxScore, found).ifPresent(gap -> add(Endpoint.BOX_SCORE, gap));
    }
    if (shifts.missing() != null) {
      add(Endpoint.SHIFT_CHART, new Gap(shifts.missing(), false));
    }
    if (shifts.distance() != null) {
      add(Endpoint.SHIFT_CHART, new Gap(shifts.distance(), true));
    }
    if (!shifts.strangers().isEmpty()) {
      add(
          Endpoint.PLAY_BY_PLAY,
          new Gap("on the ice, but in no roster: " + named(shifts.strangers()), false));
    }
    return found;
  }

  private static String named(Set<String> strangers) {
    String who = strangers.stream().limit(NAMED).collect(Collectors.joining(", "));
    int left = strangers.size() - NAMED;
    return left > 0 ? "%s and %d more".formatted(who, left) : who;
  }

  /** The lines of the box score, null if there is none that holds. */
  private @Nullable List<OfficialLine> official() {
    ParsedAnswer answer = answers.get(Endpoint.BOX_SCORE);
    if (answer == null) {
      add(Endpoint.BOX_SCORE, new Gap(NOT_FETCHED, false));
      return null;
    }
    try {
      BoxScore.Reading reading = BoxScore.read(answer.boxScore(), gameId, live);
      if (reading.missing() == null) {
        return reading.lines();
      }
      add(Endpoint.BOX_SCORE, new Gap(reading.missing(), false));
    } catch (UnusableAnswer e) {
      add(Endpoint.BOX_SCORE, new Gap(String.valueOf(e.getMessage()), false));
    }
    return null;
  }
}
