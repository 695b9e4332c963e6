package io.landfall.producer.nhl.stats;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which kinds of event a feed tells, and which it does not: those of early seasons have no hits or
 * face-offs at all. No game is without them, so that a count of none is not 0 but not known, unless
 * the box score says 0 too. And a kind of which the box score has far more is not told whole.
 */
final class Kinds {

  /** A game may be without a goal or a penalty; then they are lacking only if somebody says so. */
  private static final Set<PlayType> MAY_LACK = EnumSet.of(PlayType.GOAL, PlayType.PENALTY);

  /** What is counted from a kind and told by the box score too. */
  private static final Map<PlayType, Tally> IN_BOX_SCORE =
      new EnumMap<>(
          Map.of(
              PlayType.GOAL, Tally.GOALS,
              PlayType.SHOT_ON_GOAL, Tally.SHOTS_ON_GOAL,
              PlayType.HIT, Tally.HITS,
              PlayType.TAKEAWAY, Tally.TAKEAWAYS,
              PlayType.GIVEAWAY, Tally.GIVEAWAYS,
              PlayType.BLOCKED_SHOT, Tally.BLOCKS,
              PlayType.PENALTY, Tally.PENALTY_MINUTES));

  /** A kind lacks events when the box score has more by one in so many, and by more than a few. */
  private static final int SHARE_LACKING = 10;

  private static final int FEW = 3;

  private final Game game;
  private final @Nullable BoxScore boxScore;
  private final Counting counting;
  private final Set<PlayType> absent = EnumSet.noneOf(PlayType.class);
  private final Set<PlayType> lacking = EnumSet.noneOf(PlayType.class);

  Kinds(Game game, @Nullable BoxScore boxScore, Counting counting) {
    this.game = game;
    this.boxScore = boxScore;
    this.counting = counting;
    Set<PlayType> told = EnumSet.noneOf(PlayType.class);
    game.plays().stream().filter(play -> !play.shootout()).forEach(play -> told.add(play.type()));
    for (PlayType kind : PlayType.values()) {
      if (kind.isCounted()) {
        weigh(kind, told.contains(kind));
      }
    }
  }

  private void weigh(PlayType kind, boolean told) {
    Tally tally = IN_BOX_SCORE.get(kind);
    Integer official = boxScore == null || tally == null ? null : boxScore.total(tally);
    if (!told && !MAY_LACK.contains(kind)) {
      if (official == null || official > 0) {
        absent.add(kind);
      }
    } else if (tally != null && official != null && !(told && kind == PlayType.PENALTY)) {
      // Minutes are not events: a penalty without its duration is still there.
      int less = official - counted(tally);
      if (less > FEW && less * SHARE_LACKING > official) {
        lacking.add(kind);
      }
    }
  }

  private int counted(Tally tally) {
    int counted = 0;
    for (Player player : game.roster().players()) {
      counted += player.goalie() ? 0 : counting.own(player.index()).of(Situation.ALL, tally);
    }
    return counted;
  }

  /** The kinds that the feed does not tell at all. */
  Set<PlayType> absent() {
    return absent;
  }

  /** The kinds that it tells, and not whole. */
  Set<PlayType> lacking() {
    return lacking;
  }

  /** Kinds as a reader knows them. */
  static String names(Set<PlayType> kinds) {
    return kinds.stream()
        .map(kind -> kind.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .collect(Collectors.joining(", "));
  }

  /** What is counted from these kinds. */
  static Set<Tally> tallies(Set<PlayType> kinds) {
    Set<Tally> tallies = EnumSet.noneOf(Tally.class);
    kinds.forEach(kind -> tallies.addAll(tallies(kind)));
    if (!kinds.isEmpty()) {
      // A rebound has no event before it since the shot: not told where one may be lacking.
      tallies.add(Tally.REBOUNDS);
      tallies.add(Tally.REBOUND_GOALS);
    }
    return tallies;
  }

  private static Set<Tally> tallies(PlayType kind) {
    return switch (kind) {
      case FACE_OFF -> EnumSet.of(Tally.FACE_OFFS_WON, Tally.FACE_OFFS_LOST);
      case HIT -> EnumSet.of(Tally.HITS);
      case GIVEAWAY -> EnumSet.of(Tally.GIVEAWAYS);
      case TAKEAWAY -> EnumSet.of(Tally.TAKEAWAYS);
      case PENALTY -> EnumSet.of(Tally.PENALTIES, Tally.PENALTY_MINUTES);
      case BLOCKED_SHOT ->
          EnumSet.of(Tally.BLOCKED_SHOT_ATTEMPTS, Tally.SHOT_ATTEMPTS, Tally.BLOCKS);
      case MISSED_SHOT -> unblocked(Tally.MISSED_SHOTS, Tally.SAVED_UNBLOCKED_SHOT_ATTEMPTS);
      case SHOT_ON_GOAL ->
          unblocked(
              Tally.SHOTS_ON_GOAL, Tally.SAVED_SHOTS_ON_GOAL, Tally.SAVED_UNBLOCKED_SHOT_ATTEMPTS);
      case GOAL -> {
        Set<Tally> goal =
            unblocked(
                Tally.GOALS,
                Tally.SHOTS_ON_GOAL,
                Tally.PRIMARY_ASSISTS,
                Tally.SECONDARY_ASSISTS,
                Tally.POINTS);
        for (Danger danger : Danger.values()) {
          goal.add(Tally.goals(danger));
        }
        yield goal;
      }
      case PERIOD_END, GAME_END, UNCOUNTED -> EnumSet.noneOf(Tally.class);
    };
  }

  private static Set<Tally> unblocked(Tally first, Tally... rest) {
    Set<Tally> tallies = EnumSet.of(first, rest);
    tallies.add(Tally.SHOT_ATTEMPTS);
    tallies.add(Tally.UNBLOCKED_SHOT_ATTEMPTS);
    for (Danger danger : Danger.values()) {
      tallies.add(Tally.shots(danger));
    }
    return tallies;
  }
}
