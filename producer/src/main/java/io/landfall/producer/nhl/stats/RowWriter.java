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
  private final int gameDate;
  private final String coverage;

  RowWriter(Evidence.Facts facts, LocalDate gameDate) {
    this.facts = facts;
    this.game = facts.game();
    this.counting = facts.counting();
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
    Columns.OWN.put(row, counting.own(player.index()), situation);
    Columns.TEAM_FOR.put(row, counting.team(player.side()), situation);
    Columns.TEAM_AGAINST.put(row, counting.team(player.side().other()), situation.opposite());
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
      return OptionalInt.of(facts.iceTime().seconds(player.index(), situation));
    }
    return facts.boxScore() != null && situation == Situation.ALL
        ? facts.boxScore().seconds(player.index())
        : OptionalInt.empty();
  }

  private @Nullable Integer shifts(Player player, Situation situation) {
    if (facts.iceTime() != null) {
      return facts.iceTime().shifts(player.index(), situation);
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
    Columns.ON_ICE_FOR.put(row, onFor, situation);
    Columns.ON_ICE_AGAINST.put(row, onAgainst, situation);
    Columns.OFF_ICE_FOR.putRest(row, own, situation, onFor, situation);
    Columns.OFF_ICE_AGAINST.putRest(row, other, situation.opposite(), onAgainst, situation);

    int corsiFor = onFor.of(situation, Tally.SHOT_ATTEMPTS);
    int corsiAgainst = onAgainst.of(situation, Tally.SHOT_ATTEMPTS);
    int fenwickFor = onFor.of(situation, Tally.UNBLOCKED_SHOT_ATTEMPTS);
    int fenwickAgainst = onAgainst.of(situation, Tally.UNBLOCKED_SHOT_ATTEMPTS);
    row.put(CORSI_FOR, corsiFor);
    row.put(CORSI_AGAINST, corsiAgainst);
    row.put(FENWICK_FOR, fenwickFor);
    row.put(FENWICK_AGAINST, fenwickAgainst);
    row.put(CORSI, percentage(corsiFor, corsiAgainst));
    row.put(FENWICK, percentage(fenwickFor, fenwickAgainst));
    row.put(ON_ICE_CORSI, percentage(corsiFor, corsiAgainst));
    row.put(ON_ICE_FENWICK, percentage(fenwickFor, fenwickAgainst));
    Situation opposite = situation.opposite();
    row.put(
        OFF_ICE_CORSI,
        percentage(
            own.of(situation, Tally.SHOT_ATTEMPTS) - corsiFor,
            other.of(opposite, Tally.SHOT_ATTEMPTS) - corsiAgainst));
    row.put(
        OFF_ICE_FENWICK,
        percentage(
            own.of(situation, Tally.UNBLOCKED_SHOT_ATTEMPTS) - fenwickFor,
            other.of(opposite, Tally.UNBLOCKED_SHOT_ATTEMPTS) - fenwickAgainst));
  }

  /** The share of the first in both, 0 to 100; null when there is nothing to share. */
  private static @Nullable Double percentage(int own, int other) {
    int both = own + other;
    return both == 0 ? null : 100.0 * own / both;
  }
}
