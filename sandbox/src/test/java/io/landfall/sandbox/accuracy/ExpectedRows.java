package io.landfall.sandbox.accuracy;

import static io.landfall.sandbox.season.Metric.BLOCKED_ATTEMPTS;
import static io.landfall.sandbox.season.Metric.FACEOFFS_LOST;
import static io.landfall.sandbox.season.Metric.FACEOFFS_WON;
import static io.landfall.sandbox.season.Metric.GIVEAWAYS;
import static io.landfall.sandbox.season.Metric.GOALS;
import static io.landfall.sandbox.season.Metric.HIGH_DANGER_GOALS;
import static io.landfall.sandbox.season.Metric.HIGH_DANGER_SHOTS;
import static io.landfall.sandbox.season.Metric.HITS;
import static io.landfall.sandbox.season.Metric.ICE_TIME;
import static io.landfall.sandbox.season.Metric.LOW_DANGER_GOALS;
import static io.landfall.sandbox.season.Metric.LOW_DANGER_SHOTS;
import static io.landfall.sandbox.season.Metric.MEDIUM_DANGER_GOALS;
import static io.landfall.sandbox.season.Metric.MEDIUM_DANGER_SHOTS;
import static io.landfall.sandbox.season.Metric.MISSED_SHOTS;
import static io.landfall.sandbox.season.Metric.PENALTIES;
import static io.landfall.sandbox.season.Metric.PENALTY_MINUTES;
import static io.landfall.sandbox.season.Metric.PRIMARY_ASSISTS;
import static io.landfall.sandbox.season.Metric.REBOUNDS;
import static io.landfall.sandbox.season.Metric.REBOUND_GOALS;
import static io.landfall.sandbox.season.Metric.SECONDARY_ASSISTS;
import static io.landfall.sandbox.season.Metric.SHIFTS;
import static io.landfall.sandbox.season.Metric.SHOTS_ON_GOAL;
import static io.landfall.sandbox.season.Metric.TAKEAWAYS;

import io.landfall.sandbox.season.GeneratedGame;
import io.landfall.sandbox.season.Metric;
import io.landfall.sandbox.season.Person;
import io.landfall.sandbox.season.Side;
import io.landfall.sandbox.season.Situation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of a generated game must be, each column, from the generator's tally alone. An
 * empty situation stands for {@code all}.
 */
final class ExpectedRows {

  /** What of the shifts the answers tell. */
  enum Shifts {
    /** The whole chart. */
    CHART("plays+boxscore+shifts"),
    /** No usable chart; seconds and shifts of the game are in the box score. */
    BOX_SCORE("plays+boxscore"),
    /** The same in autumn 2023, when the box score told no shifts. */
    BOX_SCORE_OF_2023("plays+boxscore");

    final String coverage;

    Shifts(String coverage) {
      this.coverage = coverage;
    }
  }

  /** A count that is made of the tally's. */
  private record Sum(String name, List<Metric> plus, List<Metric> minus) {

    static Sum of(String name, Metric... plus) {
      return new Sum(name, List.of(plus), List.of());
    }

    Sum less(Metric metric) {
      return new Sum(name, plus, List.of(metric));
    }

    int in(ToIntFunction<Metric> counts) {
      return plus.stream().mapToInt(counts).sum() - minus.stream().mapToInt(counts).sum();
    }
  }

  private static final List<Optional<Situation>> SITUATIONS =
      Stream.concat(
              Stream.of(Optional.<Situation>empty()),
              Stream.of(Situation.values()).map(Optional::of))
          .toList();

  private static final List<Sum> OF_ALL =
      List.of(
          Sum.of("shotsOnGoal", SHOTS_ON_GOAL),
          Sum.of("missedShots", MISSED_SHOTS),
          Sum.of("blockedShotAttempts", BLOCKED_ATTEMPTS),
          Sum.of("shotAttempts", SHOTS_ON_GOAL, MISSED_SHOTS, BLOCKED_ATTEMPTS),
          Sum.of("unblockedShotAttempts", SHOTS_ON_GOAL, MISSED_SHOTS),
          Sum.of("goals", GOALS),
          Sum.of("lowDangerShots", LOW_DANGER_SHOTS),
          Sum.of("mediumDangerShots", MEDIUM_DANGER_SHOTS),
          Sum.of("highDangerShots", HIGH_DANGER_SHOTS),
          Sum.of("lowDangerGoals", LOW_DANGER_GOALS),
          Sum.of("mediumDangerGoals", MEDIUM_DANGER_GOALS),
          Sum.of("highDangerGoals", HIGH_DANGER_GOALS),
          Sum.of("rebounds", REBOUNDS),
          Sum.of("reboundGoals", REBOUND_GOALS),
          Sum.of("savedShotsOnGoal", SHOTS_ON_GOAL).less(GOALS),
          Sum.of("savedUnblockedShotAttempts", SHOTS_ON_GOAL, MISSED_SHOTS).less(GOALS),
          Sum.of("hits", HITS),
          Sum.of("takeaways", TAKEAWAYS),
          Sum.of("giveaways", GIVEAWAYS));

  private static final List<Sum> OF_PLAYERS =
      List.of(
          Sum.of("primaryAssists", PRIMARY_ASSISTS),
          Sum.of("secondaryAssists", SECONDARY_ASSISTS),
          Sum.of("points", GOALS, PRIMARY_ASSISTS, SECONDARY_ASSISTS));

  /** The first so many are told on the ice too. */
  private static final int ON_ICE = 12;

  /** The first so many are told off the ice too. */
  private static final int OFF_ICE = 6;

  private final GeneratedGame game;
  private final Shifts shifts;

  ExpectedRows(GeneratedGame game, Shifts shifts) {
    this.game = game;
    this.shifts = shifts;
  }

  /** The row of a player in a situation: every column that is content, and {@code _coverage}. */
  Map<String, @Nullable Object> row(int player, Optional<Situation> situation) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    identity(row, player, situation);
    time(row, player, situation);
    Side side = Side.of(player);
    ToIntFunction<Metric> own = metric -> count(player, situation, metric);
    ToIntFunction<Metric> team = metric -> team(side, situation, metric);
    ToIntFunction<Metric> others =
        metric -> team(side.other(), situation.map(ExpectedRows::opposite), metric);
    for (Sum sum : OF_ALL) {
      row.put("I_F_" + sum.name(), sum.in(own));
      row.put(sum.name() + "For", sum.in(team));
      row.put(sum.name() + "Against", sum.in(others));
    }
    OF_PLAYERS.forEach(sum -> row.put("I_F_" + sum.name(), sum.in(own)));
    row.put("penaltiesFor", team.applyAsInt(PENALTIES));
    row.put("penaltiesAgainst", others.applyAsInt(PENALTIES));
    row.put("penalityMinutesFor", (double) team.applyAsInt(PENALTY_MINUTES));
    row.put("penalityMinutesAgainst", (double) others.applyAsInt(PENALTY_MINUTES));
    row.put("faceOffsWonFor", team.applyAsInt(FACEOFFS_WON));
    row.put("faceOffsLostFor", team.applyAsInt(FACEOFFS_LOST));
    onIce(row, own, team, others);
    unknown(row);
    return row;
  }

  private void identity(
      Map<String, @Nullable Object> row, int player, Optional<Situation> situation) {
    Person person = game.players().get(player);
    Side side = Side.of(player);
    row.put("playerId", Integer.toString(person.playerId()));
    row.put("playerTeam", game.fixture().team(side).abbreviation());
    row.put("opposingTeam", game.fixture().team(side.other()).abbreviation());
    row.put("name", person.fullName());
    row.put("position", String.valueOf(person.position()));
    row.put("home_or_away", side.name());
    row.put("gameId", game.fixture().gameId());
    row.put("gameDate", Integer.valueOf(game.fixture().date().toString().replace("-", "")));
    row.put("season", game.fixture().seasonSpan());
    row.put("situation", situation.map(Situation::word).orElse("all"));
    row.put("_coverage", shifts.coverage);
  }

  private void time(Map<String, @Nullable Object> row, int player, Optional<Situation> situation) {
    boolean known = shifts == Shifts.CHART || situation.isEmpty();
    int seconds = count(player, situation, ICE_TIME);
    row.put("icetime", known ? (double) seconds : null);
    row.put("iceTimeRank", known ? rank(player, situation, seconds) : null);
    boolean given = known && shifts != Shifts.BOX_SCORE_OF_2023;
    row.put("shifts", given ? count(player, situation, SHIFTS) : null);
  }

  private int rank(int player, Optional<Situation> situation, int seconds) {
    int rank = 1;
    for (int other = 0; other < game.players().size(); other++) {
      boolean mate = Side.of(other) == Side.of(player) && !game.players().get(other).goalie();
      rank += mate && count(other, situation, ICE_TIME) > seconds ? 1 : 0;
    }
    return rank;
  }

  private void onIce(
      Map<String, @Nullable Object> row,
      ToIntFunction<Metric> own,
      ToIntFunction<Metric> team,
      ToIntFunction<Metric> others) {
    for (int i = 0; i < ON_ICE; i++) {
      String name = OF_ALL.get(i).name();
      int on = OF_ALL.get(i).in(metric -> own.applyAsInt(metric.onIceFor()));
      int against = OF_ALL.get(i).in(metric -> own.applyAsInt(metric.onIceAgainst()));
      row.put("OnIce_F_" + name, ifKnown(on));
      row.put("OnIce_A_" + name, ifKnown(against));
      if (i < OFF_ICE) {
        row.put("OffIce_F_" + name, ifKnown(OF_ALL.get(i).in(team) - on));
        row.put("OffIce_A_" + name, ifKnown(OF_ALL.get(i).in(others) - against));
      }
    }
    shares(row, "corsi", "shotAttempts");
    shares(row, "fenwick", "unblockedShotAttempts");
  }

  private @Nullable Integer ifKnown(int count) {
    return shifts == Shifts.CHART ? count : null;
  }

  private static void shares(Map<String, @Nullable Object> row, String name, String of) {
    row.put(name + "For", row.get("OnIce_F_" + of));
    row.put(name + "Against", row.get("OnIce_A_" + of));
    row.put(name + "Percentage", share(row, "OnIce_", of));
    row.put("onIce_" + name + "Percentage", share(row, "OnIce_", of));
    row.put("offIce_" + name + "Percentage", share(row, "OffIce_", of));
  }

  private static @Nullable Double share(
      Map<String, @Nullable Object> row, String where, String of) {
    Integer own = (Integer) row.get(where + "F_" + of);
    Integer other = (Integer) row.get(where + "A_" + of);
    if (own == null || other == null || own + other == 0) {
      return null;
    }
    return 100.0 * own / (own + other);
  }

  private static void unknown(Map<String, @Nullable Object> row) {
    for (String name : List.of("xGoals", "zoneEntries", "continuedInZone", "continuedOutOfZone")) {
      row.put(name + "For", null);
      row.put(name + "Against", null);
    }
  }

  private int count(int player, Optional<Situation> situation, Metric metric) {
    return situation
        .map(one -> game.tally().count(player, one, metric))
        .orElseGet(() -> game.tally().count(player, metric));
  }

  private int team(Side side, Optional<Situation> situation, Metric metric) {
    return situation
        .map(one -> game.tally().teamCount(side, one, metric))
        .orElseGet(() -> game.tally().teamCount(side, metric));
  }

  private static Situation opposite(Situation situation) {
    return switch (situation) {
      case FIVE_ON_FOUR -> Situation.FOUR_ON_FIVE;
      case FOUR_ON_FIVE -> Situation.FIVE_ON_FOUR;
      case FIVE_ON_FIVE, OTHER -> situation;
    };
  }

  /** Where rows differ from these, each place as a line of text; empty if nowhere. */
  List<String> differences(List<GenericRecord> rows) {
    Map<String, GenericRecord> byKey = new HashMap<>();
    rows.forEach(row -> byKey.put(row.get("playerId") + " " + row.get("situation"), row));
    List<String> differences = new ArrayList<>();
    int expected = 0;
    for (int player = 0; player < game.players().size(); player++) {
      if (!game.players().get(player).goalie()) {
        for (Optional<Situation> situation : SITUATIONS) {
          Map<String, @Nullable Object> wanted = row(player, situation);
          String key = wanted.get("playerId") + " " + wanted.get("situation");
          differences.addAll(differences(key, wanted, byKey.get(key)));
          expected++;
        }
      }
    }
    if (rows.size() != expected) {
      differences.add("%d rows, expected %d".formatted(rows.size(), expected));
    }
    return differences;
  }

  private static List<String> differences(
      String key, Map<String, @Nullable Object> wanted, @Nullable GenericRecord row) {
    if (row == null) {
      return List.of(key + " has no row");
    }
    List<String> differences = new ArrayList<>();
    for (Schema.Field field : row.getSchema().getFields()) {
      boolean system = field.name().startsWith("_") && !field.name().equals("_coverage");
      if (!system && !wanted.containsKey(field.name())) {
        differences.add("nobody expects a column " + field.name());
      }
    }
    wanted.forEach(
        (column, value) -> {
          if (!Objects.equals(value, row.get(column))) {
            differences.add(
                "%s of %s is %s, counted %s".formatted(column, key, row.get(column), value));
          }
        });
    return differences;
  }
}
