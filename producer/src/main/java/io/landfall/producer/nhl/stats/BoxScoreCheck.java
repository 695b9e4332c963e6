package io.landfall.producer.nhl.stats;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares the eight counts that plays and box score both tell (goals, assists, shots on goal,
 * hits, takeaways, giveaways, penalty minutes, blocked shots) for each skater. A count that the box
 * score or the plays do not tell is not compared.
 */
final class BoxScoreCheck {

  /** So many counts more or less, over all skaters, are a change of scoring and no gap. */
  private static final int FEW = 10;

  private final Set<Tally> untold;
  private final Map<String, Integer> wrong = new LinkedHashMap<>();
  private int apart;
  private int withoutLine;

  private BoxScoreCheck(Set<Tally> untold) {
    this.untold = untold;
  }

  /**
   * How they disagree, or empty if they agree.
   *
   * @param untold what the plays do not tell at all
   */
  static Optional<Gap> disagreement(
      BoxScore boxScore, Roster roster, Counting counting, Set<Tally> untold) {
    BoxScoreCheck check = new BoxScoreCheck(untold);
    for (Player player : roster.players()) {
      if (!player.goalie()) {
        check.compare(boxScore.line(player.index()), counting.own(player.index()));
      }
    }
    return check.gap();
  }

  private void compare(BoxScoreJson.@Nullable Line line, Counts counts) {
    if (line == null) {
      withoutLine++;
      return;
    }
    compare("goals", line, counts, Tally.GOALS);
    if (!untold.contains(Tally.POINTS)) {
      int assists = total(counts, Tally.PRIMARY_ASSISTS) + total(counts, Tally.SECONDARY_ASSISTS);
      compare("assists", line.assists(), assists);
    }
    compare("shots on goal", line, counts, Tally.SHOTS_ON_GOAL);
    compare("hits", line, counts, Tally.HITS);
    compare("takeaways", line, counts, Tally.TAKEAWAYS);
    compare("giveaways", line, counts, Tally.GIVEAWAYS);
    compare("penalty minutes", line, counts, Tally.PENALTY_MINUTES);
    compare("blocked shots", line, counts, Tally.BLOCKS);
  }

  private static int total(Counts counts, Tally tally) {
    return counts.of(Situation.ALL, tally);
  }

  private void compare(String what, BoxScoreJson.Line line, Counts counts, Tally tally) {
    if (!untold.contains(tally)) {
      compare(what, line.official(tally), total(counts, tally));
    }
  }

  private void compare(String what, @Nullable Integer official, int counted) {
    if (official != null && official != counted) {
      wrong.merge(what, 1, Integer::sum);
      apart += Math.abs(official - counted);
    }
  }

  private Optional<Gap> gap() {
    if (withoutLine > 0) {
      wrong.put("no line at all", withoutLine);
    }
    if (wrong.isEmpty()) {
      return Optional.empty();
    }
    String text =
        wrong.entrySet().stream()
            .map(entry -> entry.getKey() + " of " + entry.getValue())
            .collect(Collectors.joining(", ", "disagrees with the plays, in skaters: ", ""));
    return Optional.of(new Gap(text, withoutLine == 0 && apart <= FEW));
  }
}
