package io.landfall.producer.shape;

import io.landfall.schemas.ContentHash;
import io.landfall.schemas.GameState;
import io.landfall.schemas.Hash128;
import io.landfall.schemas.Operation;
import io.landfall.schemas.PlayerGameStats;
import io.landfall.schemas.RowState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/**
 * Compares a game's derived rows with those in force and says what must be emitted: new and changed
 * rows, and retractions of rows that are gone. Pure but for its hashing buffer; one instance a
 * thread.
 */
final class GameRows {

  /**
   * What one set of rows changes.
   *
   * @param state what is in force afterwards
   * @param emitted rows to write, system columns set
   * @param retracted how many of them are retractions
   * @param hashInForce order-free hash of the rows in force afterwards
   */
  record Change(GameState state, List<GenericRecord> emitted, int retracted, String hashInForce) {}

  private static final Schema SCHEMA = PlayerGameStats.getClassSchema();
  private static final Schema OPERATION = SCHEMA.getField("_operation").schema();
  private static final int PLAYER_ID = position("playerId");
  private static final int GAME_ID = position("gameId");
  private static final int SITUATION = position("situation");
  private static final int PLAYER_TEAM = position("playerTeam");
  private static final int SEASON = position("season");
  private static final int COVERAGE = position("_coverage");
  private static final int REVISION = position("_revision");
  private static final int OPERATION_FIELD = position("_operation");
  private static final int CONTENT_HASH = position("_content_hash");
  private static final int FETCHED_AT = position("_fetched_at");
  private static final int SHAPE_VERSION = position("_shape_version");

  private record Key(String playerId, String situation) {}

  private final ContentHash hash = new ContentHash(SCHEMA);
  private final String shapeVersion;

  GameRows(String shapeVersion) {
    this.shapeVersion = shapeVersion;
  }

  private static int position(String field) {
    return SCHEMA.getField(field).pos();
  }

  /**
   * Compares.
   *
   * @param before what is in force, if anything ever was
   * @return what changes, or nothing where all rows are as they were
   */
  Optional<Change> change(
      int gameId, Instant fetchedAt, Shaped.Rows shaped, Optional<GameState> before) {
    Map<Key, RowState> gone = new LinkedHashMap<>();
    before.ifPresent(state -> state.getRows().forEach(row -> gone.put(key(row), row)));
    int revision = before.map(GameState::getRevision).orElse(0) + 1;
    List<RowState> inForce = new ArrayList<>(shaped.rows().size());
    List<GenericRecord> emitted = new ArrayList<>();
    Map<Key, GenericRecord> seen = new HashMap<>();
    for (GenericRecord row : shaped.rows()) {
      Key key = new Key(row.get(PLAYER_ID).toString(), row.get(SITUATION).toString());
      if (seen.put(key, row) != null) {
        throw new IllegalStateException(
            "Game %d was shaped with two rows for %s".formatted(gameId, key));
      }
      String digits = hash.of(row);
      RowState state = state(row, key, digits);
      inForce.add(state);
      RowState old = gone.remove(key);
      if (old == null || !old.getContentHash().equals(state.getContentHash())) {
        emitted.add(complete(row, revision, Operation.UPSERT, digits, fetchedAt));
      }
    }
    for (RowState row : gone.values()) {
      emitted.add(retraction(gameId, revision, row, before.orElseThrow(), shaped, fetchedAt));
    }
    if (emitted.isEmpty()) {
      return Optional.empty();
    }
    int season =
        inForce.isEmpty()
            ? before.orElseThrow().getSeason()
            : (int) shaped.rows().get(0).get(SEASON);
    return Optional.of(
        new Change(
            new GameState(revision, season, inForce),
            emitted,
            gone.size(),
            ContentHash.sum(inForce.stream().map(row -> digits(row.getContentHash())).toList())));
  }

  private static Key key(RowState row) {
    return new Key(row.getPlayerId(), row.getSituation());
  }

  private static RowState state(GenericRecord row, Key key, String digits) {
    return new RowState(
        key.playerId(),
        key.situation(),
        row.get(PLAYER_TEAM).toString(),
        new Hash128(HexFormat.of().parseHex(digits)));
  }

  private static String digits(Hash128 hash) {
    return HexFormat.of().formatHex(hash.bytes());
  }

  private GenericRecord complete(
      GenericRecord row, int revision, Operation operation, String digits, Instant fetchedAt) {
    row.put(REVISION, revision);
    row.put(OPERATION_FIELD, new GenericData.EnumSymbol(OPERATION, operation.name()));
    row.put(CONTENT_HASH, digits);
    row.put(FETCHED_AT, fetchedAt.toEpochMilli());
    row.put(SHAPE_VERSION, shapeVersion);
    return row;
  }

  private GenericRecord retraction(
      int gameId,
      int revision,
      RowState row,
      GameState before,
      Shaped.Rows shaped,
      Instant fetchedAt) {
    GenericRecord retraction = new GenericData.Record(SCHEMA);
    retraction.put(PLAYER_ID, row.getPlayerId());
    retraction.put(GAME_ID, gameId);
    retraction.put(SITUATION, row.getSituation());
    retraction.put(PLAYER_TEAM, row.getPlayerTeam());
    retraction.put(SEASON, before.getSeason());
    retraction.put(COVERAGE, shaped.coverage());
    return complete(
        retraction, revision, Operation.RETRACT, digits(row.getContentHash()), fetchedAt);
  }
}
