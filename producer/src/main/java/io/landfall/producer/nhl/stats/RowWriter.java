package io.landfall.producer.nhl.stats;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Lays a game's facts out as rows: skaters by id, each in the five situations. */
final class RowWriter {

  private static final int PLAYER_ID = Columns.position("playerId");
  private static final int PLAYER_TEAM = Columns.position("playerTeam");
  private static final int OPPOSING_TEAM = Columns.position("opposingTeam");
  private static final int NAME = Columns.position("name");
  private static final int POSITION = Columns.position("position");
  private static final int HOME_OR_AWAY = Columns.position("home_or_away");
  private static final int GAME_ID = Columns.position("gameId");
  private static final int GAME_DATE = Columns.position("gameDate");
  private static final int SEASON = Columns.position("season");
  private static final int SITUATION = Columns.position("situation");
  private static final int ICE_TIME = Columns.position("icetime");
  private static final int ICE_TIME_RANK = Columns.position("iceTimeRank");
  private static final int SHIFTS = Columns.position("shifts");
  private static final int COVERAGE = Columns.position("_coverage");
  private static final int CORSI_FOR = Columns.position("corsiFor");
  private static final int CORSI_AGAINST = Columns.position("corsiAgainst");
  private static final int FENWICK_FOR = Columns.position("fenwickFor");
  private static final int FENWICK_AGAINST = Columns.position("fenwickAgainst");
  private static final int CORSI = Columns.position("corsiPercentage");
  private static final int FENWICK = Columns.position("fenwickPercentage");
  private static final int ON_ICE_CORSI = Columns.position("onIce_corsiPercentage");
  private static final int ON_ICE_FENWICK = Columns.position("onIce_fenwickPercentage");
  private static final int OFF_ICE_CORSI = Columns.position("offIce_corsiPercentage");
  private static final int OFF_ICE_FENWICK = Columns.position("offIce_fenwickPercentage");

  private final Evidence.Facts facts;
  private final Game game;
  private final Counting counting;
  private final Known known;
  private final int gameDate;
  private final String coverage;

  RowWriter(Evidence.Facts facts, LocalDate gameDate) {
    this.facts = facts;
    this.game = facts.game();
    this.counting = facts.counting();
    this.known = facts.known();
    this.gameDate =
        10_000 * gameDate.getYear() + 100 * gameDate.getMonthValue() + gameDate.getDayOfMonth();
    this.coverage = facts.coverage();
  }

  List<GenericRecord> rows() {
    List<GenericRecord> rows = new ArrayList<>();
    for (Player player : game.roster().players()) {
      if (!player.goalie()) {
        String playerId = Integer.toString(player.id());
        for (Situation situation : Situation.EACH) {
          rows.add(row(player, playerId, situation));
        }
      }
    }
    return rows;
  }

  private GenericRecord row(Player player, String playerId, Situation situation) {
    GenericData.Record row = new GenericData.Record(Columns.SCHEMA);
    row.put(PLAYER_ID, playerId);
    putIdentity(row, player, situation);
    putTime(row, player, situation);
    Columns.OWN.put(row, counting.own(player.index()), situation, known);
    Columns.TEAM_FOR.put(row, counting.team(player.side()), situation, known);
    Columns.TEAM_AGAINST.put(
        row, counting.team(player.side().other()), situation.opposite(), known);
    if (counting.knowsOnIce()) {
      putOnIce(row, player, situation);
    }
    return row;
  }

  private void putIdentity(GenericData.Record row, Player player, Situation situation) {
    row.put(PLAYER_TEAM, game.team(player.side()));
    row.put(OPPOSING_TEAM, game.team(player.side().other()));
    row.put(NAME, player.name().isEmpty() ? null : player.name());
    row.put(POSITION, player.position());
    row.put(HOME_OR_AWAY, player.side().name());
    row.put(GAME_ID, game.id());
    row.put(GAME_DATE, gameDate);
    row.put(SEASON, game.season());
    row.put(SITUATION, situation.text);
    row.put(COVERAGE, coverage);
  }

  private void putTime(GenericData.Record row, Player player, Situation situation) {
    OptionalInt seconds = seconds(player, situation);
    if (seconds.isPresent()) {
      row.put(ICE_TIME, (double) seconds.getAsInt());
      row.put(ICE_TIME_RANK, rank(player, situation, seconds.getAsInt()));
    }
    row.put(SHIFTS, shifts(player, situation));
  }

  private OptionalInt seconds(Player player, Situation situation) {
    if (facts.iceTime() != null) {
      return facts.iceTime().knows(situation)
          ? OptionalInt.of(facts.iceTime().seconds(player.index(), situation))
          : OptionalInt.empty();
    }
    return facts.boxScore() != null && situation == Situation.ALL
        ? facts.boxScore().seconds(player.index())
        : OptionalInt.empty();
  }

  private @Nullable Integer shifts(Player player, Situation situation) {
    if (facts.iceTime() != null) {
      return facts.iceTime().knows(situation)
          ? facts.iceTime().shifts(player.index(), situation)
          : null;
    }
    return facts.boxScore() != null && situation == Situation.ALL
        ? facts.boxScore().shifts(player.index())
        : null;
  }

  private int rank(Player player, Situation situation, int seconds) {
    int rank = 1;
    for (Player other : game.roster().players()) {
      if (other.side() == player.side() && !other.goalie()) {
        rank += seconds(other, situation).orElse(0) > seconds ? 1 : 0;
      }
    }
    return rank;
  }

  private void putOnIce(GenericData.Record row, Player player, Situation situation) {
    Counts onFor = counting.onIceFor(player.index());
    Counts onAgainst = counting.onIceAgainst(player.index());
    Counts own = counting.team(player.side());
    Counts other = counting.team(player.side().other());
    Situation opposite = situation.opposite();
    Columns.ON_ICE_FOR.put(row, onFor, situation, known);
    Columns.ON_ICE_AGAINST.put(row, onAgainst, situation, known);
    Columns.OFF_ICE_FOR.putRest(row, own, situation, onFor, situation, known);
    Columns.OFF_ICE_AGAINST.putRest(row, other, opposite, onAgainst, situation, known);

    Integer corsiFor = count(onFor, situation, Tally.SHOT_ATTEMPTS);
    Integer corsiAgainst = count(onAgainst, situation, Tally.SHOT_ATTEMPTS);
    Integer fenwickFor = count(onFor, situation, Tally.UNBLOCKED_SHOT_ATTEMPTS);
    Integer fenwickAgainst = count(onAgainst, situation, Tally.UNBLOCKED_SHOT_ATTEMPTS);
    row.put(CORSI_FOR, corsiFor);
    row.put(CORSI_AGAINST, corsiAgainst);
    row.put(FENWICK_FOR, fenwickFor);
    row.put(FENWICK_AGAINST, fenwickAgainst);
    row.put(CORSI, percentage(corsiFor, corsiAgainst));
    row.put(FENWICK, percentage(fenwickFor, fenwickAgainst));
    row.put(ON_ICE_CORSI, percentage(corsiFor, corsiAgainst));
    row.put(ON_ICE_FENWICK, percentage(fenwickFor, fenwickAgainst));
    row.put(
        OFF_ICE_CORSI,
        percentage(
            less(count(own, situation, Tally.SHOT_ATTEMPTS), corsiFor),
            less(count(other, opposite, Tally.SHOT_ATTEMPTS), corsiAgainst)));
    row.put(
        OFF_ICE_FENWICK,
        percentage(
            less(count(own, situation, Tally.UNBLOCKED_SHOT_ATTEMPTS), fenwickFor),
            less(count(other, opposite, Tally.UNBLOCKED_SHOT_ATTEMPTS), fenwickAgainst)));
  }

  private @Nullable Integer count(Counts counts, Situation situation, Tally tally) {
    return known.has(counts, situation, tally) ? counts.of(situation, tally) : null;
  }

  private static @Nullable Integer less(@Nullable Integer all, @Nullable Integer part) {
    return all == null || part == null ? null : all - part;
  }

  /** The share of the first in both, 0 to 100; null when one is not known or both are nothing. */
  private static @Nullable Double percentage(@Nullable Integer own, @Nullable Integer other) {
    if (own == null || other == null || own + other == 0) {
      return null;
    }
    return 100.0 * own / (own + other);
  }
}
