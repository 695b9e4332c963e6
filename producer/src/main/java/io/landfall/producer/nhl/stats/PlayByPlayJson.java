package io.landfall.producer.nhl.stats;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is read of a play-by-play answer. An id of 0 is an id that the answer does not give. */
record PlayByPlayJson(
    int id,
    int season,
    int gameType,
    @Nullable String gameState,
    @Nullable Period periodDescriptor,
    @Nullable Team awayTeam,
    @Nullable Team homeTeam,
    @Nullable List<@Nullable RosterSpot> rosterSpots,
    @Nullable List<@Nullable Play> plays) {

  /** A team, and what the head of the answer says of its game. */
  record Team(int id, @Nullable String abbrev, @Nullable Integer score, @Nullable Integer sog) {}

  record RosterSpot(
      int teamId,
      int playerId,
      @JsonDeserialize(using = Json.Localised.class) @Nullable String firstName,
      @JsonDeserialize(using = Json.Localised.class) @Nullable String lastName,
      int sweaterNumber,
      @Nullable String positionCode) {}

  record Play(
      @Nullable Period periodDescriptor,
      @Nullable String timeInPeriod,
      @Nullable String situationCode,
      @Nullable String homeTeamDefendingSide,
      int typeCode,
      int sortOrder,
      @Nullable Details details) {}

  record Period(int number, @Nullable String periodType) {}

  record Details(
      int eventOwnerTeamId,
      int playerId,
      int shootingPlayerId,
      int scoringPlayerId,
      int assist1PlayerId,
      int assist2PlayerId,
      int blockingPlayerId,
      int hittingPlayerId,
      int winningPlayerId,
      int losingPlayerId,
      int committedByPlayerId,
      int duration,
      @Nullable Integer awayScore,
      @Nullable Integer homeScore,
      @Nullable Double xCoord,
      @Nullable Double yCoord,
      @Nullable String zoneCode,
      @Nullable String reason) {}
}
