package io.landfall.producer.nhl.stats;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares the eight counts that plays and box score both tell (goals, assists, shots on goal,
 * hits, takeaways, giveaways, penalty minutes, blocked shots) for each skater. A count that the box
 * score does not tell is not compared.
 */
final class BoxScoreCheck {

  private final Map<String, Integer> wrong = new LinkedHashMap<>();
  private int withoutLine;

  private BoxScoreCheck() {}

  /** How they disagree, or empty if they agree. */
  static Optional<String> disagreement(BoxScore boxScore, Roster roster, Counting counting) {
    BoxScoreCheck check = new BoxScoreCheck();
    for (Player player : roster.players()) {
      if (!player.goalie()) {
        check.compare(boxScore.line(player.index()), counting.own(player.index()));
      }
    }
    return check.text();
  }

  private void compare(BoxScoreJson.@Nullable Line line, Counts counts) {
    if (line == null) {
      withoutLine++;
      return;
    }
    compare("goals", line.goals(), total(counts, Tally.GOALS));
    compare(
        "assists",
        line.assists(),
        total(counts, Tally.PRIMARY_ASSISTS) + total(counts, Tally.SECONDARY_ASSISTS));
    compare("shots on goal", line.sog(), total(counts, Tally.SHOTS_ON_GOAL));
    compare("hits", line.hits(), total(counts, Tally.HITS));
    compare("takeaways", line.takeaways(), total(counts, Tally.TAKEAWAYS));
    compare("giveaways", line.giveaways(), total(counts, Tally.GIVEAWAYS));
    compare("penalty minutes", line.pim(), total(counts, Tally.PENALTY_MINUTES));
    compare("blocked shots", line.blockedShots(), total(counts, Tally.BLOCKS));
  }

  private static int total(Counts counts, Tally tally) {
    return counts.of(Situation.ALL, tally);
  }

  private void compare(String what, @Nullable Integer official, int counted) {
    if (official != null && official != counted) {
      wrong.merge(what, 1, Integer::sum);
    }
  }

  private Optional<String> text() {
    if (withoutLine > 0) {
      wrong.put("no line at all", withoutLine);
    }
    if (wrong.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        wrong.entrySet().stream()
            .map(entry -> entry.getKey() + " of " + entry.getValue())
            .collect(Collectors.joining(", ", "disagrees with the plays, in skaters: ", "")));
  }
}
